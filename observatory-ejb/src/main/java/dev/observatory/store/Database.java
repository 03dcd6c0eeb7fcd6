package dev.observatory.store;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.observatory.conversation.StoreUnavailableException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Arrays;
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

    /** @param jdbi for its connections */
    private record Opened(ConnectionSource source, Jdbi jdbi) {}

    private final DatabaseConfig config;
    private final Condition condition;

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
        return run(database -> database.jdbi().withHandle(work::apply));
    }

    /** All of it or nothing. The work may need to know the dialect. */
    void write(Consumer<Transaction> work) {
        run(database -> {
            database.jdbi()
                    .useTransaction(handle -> work.accept(
                            new Transaction(handle, database.source().dialect())));
            return null;
        });
    }

    private <T> T run(Function<Opened, T> work) {
        try {
            T result = work.apply(opened());
            condition.works();
            return result;
        } catch (JdbiException
                | FlywayException
                | PoolInitializationException
                | UncheckedIOException
                | SQLException
                | NamingException e) {
            throw unavailable(e);
        }
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
            ConnectionSource source = ConnectionSource.open(config);
            try {
                migrate(source);
                opened = new Opened(source, Jdbi.create(source.connections()));
            } finally {
                if (opened == null) {
                    source.close();
                }
            }
        }
        return opened;
    }

    private static void migrate(ConnectionSource source) {
        Flyway schema = Flyway.configure(Database.class.getClassLoader())
                .dataSource(source.connections())
                .locations("classpath:db/migration")
                .failOnMissingLocations(true)
                .load();
        // a step that failed half-way, for want of room perhaps, is done again: each of its statements allows for that
        if (Arrays.stream(schema.info().all()).anyMatch(step -> step.getState().isFailed())) {
            schema.repair();
        }
        schema.migrate();
    }

    private StoreUnavailableException unavailable(Exception failure) {
        DatabaseFailure known = DatabaseFailure.of(failure);
        String message = config.description() + " " + known.explanation();
        condition.fails(known.kind(), message);
        if (known.needsReopening()) {
            shut();
        }
        return new StoreUnavailableException(message, failure);
    }

    private synchronized void shut() {
        if (opened != null) {
            opened.source().close();
            opened = null;
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        shut();
    }
}
