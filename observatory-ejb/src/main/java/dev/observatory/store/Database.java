package dev.observatory.store;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.observatory.conversation.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.naming.NamingException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The database, which may be away: it is opened, and its schema brought up to date, by the first call that finds it
 * there. Thread-safe.
 *
 * <p>Every failure of it comes out as a {@link StoreUnavailableException} that says what is wrong.
 */
final class Database implements AutoCloseable {

    /** How often a call is tried that others have shut the database for. */
    private static final int MAX_ATTEMPTS = 10;

    /** After so many attempts nobody else may work with it meanwhile, and shut it once more. */
    private static final int MAX_DISTURBED = 2;

    /** How long those who are at work may take to end before a database is opened again. */
    private static final Duration END_OF_WORK = Duration.ofSeconds(5);

    /** @param jdbi for its connections */
    private record Opened(ConnectionSource source, Jdbi jdbi) {}

    private final DatabaseConfig config;
    private final Condition condition;

    /** Held for reading by whoever works with the database, for writing by who needs it alone. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    /** Null until it could be opened; written under this object's lock. */
    private volatile Opened opened;

    /** Guarded by this object's lock. */
    private boolean isClosed;

    Database(DatabaseConfig config) {
        this.config = config;
        condition = new Condition(config.description());
    }

    /** Each statement by itself. */
    <T> T read(Function<Handle, T> work) {
        return run(database -> database.jdbi().withHandle(work::apply), false);
    }

    /** All of it or nothing. The work may need to know the dialect. */
    void write(Consumer<Transaction> work) {
        inTransaction(transaction -> {
            work.accept(transaction);
            return null;
        });
    }

    /** All of it or nothing, with a result. */
    <T> T inTransaction(Function<Transaction, T> work) {
        return run(
                database -> database.jdbi()
                        .inTransaction(handle -> work.apply(
                                new Transaction(handle, database.source().dialect()))),
                true);
    }

    private <T> T run(Function<Opened, T> work, boolean writing) {
        for (int attempt = 1; ; attempt++) {
            Opened database = null;
            Lock turn = attempt <= MAX_DISTURBED || isWithinWork() ? use.readLock() : use.writeLock();
            try {
                turn.lock();
                try {
                    database = opened();
                    T result = work.apply(database);
                    condition.works(writing);
                    return result;
                } finally {
                    turn.unlock();
                }
            } catch (JdbiException
                    | FlywayException
                    | PoolInitializationException
                    | UncheckedIOException
                    | SQLException
                    | NamingException
                    | AssertionError e) {
                if (e instanceof AssertionError assertion && !DatabaseFailure.isOfH2(assertion)) {
                    throw assertion;
                }
                DatabaseFailure known = DatabaseFailure.of(e);
                if (known.needsReopening()) {
                    shut(database);
                }
                // what closed it was another call's failure; this one finds out what is wrong, if anything still is
                if (attempt == MAX_ATTEMPTS || !known.isClosed()) {
                    throw unavailable(known, e, writing);
                }
            }
        }
    }

    /** Whether the work has asked for more; nobody else would ever end then. */
    private boolean isWithinWork() {
        return use.getReadHoldCount() > 0;
    }

    private Opened opened() throws SQLException, NamingException {
        Opened ready = opened;
        return ready == null ? open() : ready;
    }

    private synchronized Opened open() throws SQLException, NamingException {
        if (isClosed) {
            throw new StoreUnavailableException(config.description() + " is closed", null);
        }
        if (opened == null) {
            try {
                opened = connect();
            } catch (IllegalStateException e) {
                // Payara may close and reopen the WAR's jars just while the driver is loaded from them
                throw new UncheckedIOException(new IOException("it cannot be opened: " + e.getMessage(), e));
            }
        }
        return opened;
    }

    private Opened connect() throws SQLException, NamingException {
        ConnectionSource source = ConnectionSource.open(config);
        boolean isReady = false;
        try {
            migrate(source);
            Opened ready = new Opened(source, Jdbi.create(source.connections()));
            isReady = true;
            return ready;
        } finally {
            if (!isReady) {
                source.close();
            }
        }
    }

    private static void migrate(ConnectionSource source) {
        Flyway schema = Flyway.configure(Database.class.getClassLoader())
                .dataSource(source.connections())
                .locations("classpath:db/migration")
                .placeholders(Map.of("bytewise", source.dialect().bytewise()))
                .failOnMissingLocations(true)
                .load();
        // a step that failed half-way, for want of room perhaps, is done again: each of its statements allows for that
        if (Arrays.stream(schema.info().all()).anyMatch(step -> step.getState().isFailed())) {
            schema.repair();
        }
        schema.migrate();
    }

    private StoreUnavailableException unavailable(DatabaseFailure known, Throwable failure, boolean writing) {
        String message = config.description() + " " + known.explanation();
        condition.fails(known.kind(), message, writing);
        return new StoreUnavailableException(message, failure);
    }

    /**
     * Lets the next call open it again, unless that has happened already. Those who still work with it end before: H2
     * closes what it has under a name, and a call that failed late would let the wrong database go, which then keeps its
     * file locked.
     */
    private void shut(Opened database) {
        boolean isUnused = endOfWork();
        try {
            synchronized (this) {
                if (database != null && database == opened) {
                    opened = null;
                    database.source().close();
                }
            }
        } finally {
            if (isUnused) {
                use.writeLock().unlock();
            }
        }
    }

    /** Whether there was one, and nobody begins anything now; one who works within other work waits in vain. */
    private boolean endOfWork() {
        try {
            return use.writeLock().tryLock(END_OF_WORK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        Opened last;
        synchronized (this) {
            isClosed = true;
            last = opened;
        }
        shut(last);
    }
}
