package dev.observatory.store;

import java.util.Properties;
import org.jdbi.v3.core.Handle;

/** What differs between the databases. Implementations are immutable. */
interface Dialect {

    /** The driver's class. It is loaded by name: in a container {@code DriverManager} does not see it. */
    String driverClass();

    /** What the driver is to be told, where the URL says nothing of it. */
    Properties driverProperties();

    /** Goes behind the type of a text column, to have its values compared without regard to a locale. */
    String bytewise();

    /**
     * Inserts a row or replaces the one with the same key; where the table is versioned, unless that has a higher
     * version. Parameters are named like the columns.
     */
    String upsert(Table<?> table);

    /** Has what was committed up to now outlive a power failure, where a commit by itself does not. */
    void force(Handle handle);

    /** @throws IllegalArgumentException when it is neither of the two that are known */
    static Dialect ofUrl(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return new H2Dialect();
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return new PostgresDialect();
        }
        throw new IllegalArgumentException(
                "observatory.database.url begins neither with jdbc:postgresql: nor jdbc:h2:");
    }

    /** @throws IllegalArgumentException when it is neither of the two that are known */
    static Dialect ofProduct(String product) {
        return switch (product) {
            case "H2" -> new H2Dialect();
            case "PostgreSQL" -> new PostgresDialect();
            default ->
                throw new IllegalArgumentException(
                        "observatory.database.jndi leads to " + product + ", but has to lead to PostgreSQL or H2");
        };
    }
}
