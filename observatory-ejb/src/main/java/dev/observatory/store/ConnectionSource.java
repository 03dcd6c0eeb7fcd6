package dev.observatory.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Where connections come from, and how to speak to what is at their other end. Immutable.
 *
 * @param pool null when the container has its own
 */
record ConnectionSource(DataSource connections, Dialect dialect, HikariDataSource pool) implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 8;

    /** The last connection to H2 closes its file, which then has to be opened again: so there is always one. */
    private static final int MIN_CONNECTIONS = 2;

    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(3);

    /**
     * Connects at once, and waits for nothing but the drivers' own time-outs.
     *
     * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException when nobody answers
     * @throws SQLException when the container's data source gives no connection
     */
    static ConnectionSource open(DatabaseConfig config) throws NamingException, SQLException {
        return config.jndi().isPresent() ? ofContainer(config.jndi().get()) : ofPool(config);
    }

    private static ConnectionSource ofContainer(String name) throws NamingException, SQLException {
        DataSource connections = InitialContext.doLookup(name);
        try (Connection connection = connections.getConnection()) {
            Dialect dialect = Dialect.ofProduct(connection.getMetaData().getDatabaseProductName());
            return new ConnectionSource(connections, dialect, null);
        }
    }

    private static ConnectionSource ofPool(DatabaseConfig config) {
        if (config.isOwnFile()) {
            createPrivate(config.dataFolder());
        }
        String url = config.url().orElseGet(() -> H2Dialect.url(config.dataFolder()));
        Dialect dialect = Dialect.ofUrl(url);
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("observatory");
        settings.setJdbcUrl(url);
        settings.setDriverClassName(dialect.driverClass());
        settings.setDataSourceProperties(dialect.driverProperties());
        settings.setUsername(config.user().orElse(null));
        settings.setPassword(config.password().orElse(null));
        settings.setMaximumPoolSize(MAX_CONNECTIONS);
        settings.setMinimumIdle(MIN_CONNECTIONS);
        settings.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        settings.setInitializationFailTimeout(1);
        HikariDataSource pool = new HikariDataSource(settings);
        return new ConnectionSource(pool, dialect, pool);
    }

    /** Transcripts are nobody else's business. A folder that is there already is left as its owner made it. */
    private static void createPrivate(Path folder) {
        boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] onlyOwner = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createDirectories(folder, onlyOwner);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be made", e);
        }
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
