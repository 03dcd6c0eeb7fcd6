package dev.observatory.store;

import java.util.Properties;
import org.jdbi.v3.core.Handle;

/** PostgreSQL 13 and later. */
final class PostgresDialect implements Dialect {

    @Override
    public String driverClass() {
        return "org.postgresql.Driver";
    }

    /** Time-outs in seconds: without them a server that has vanished from the network holds up its caller for ever. */
    @Override
    public Properties driverProperties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "observatory");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        // otherwise failures quote the values of a statement, and the log what people wrote
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }

    @Override
    public String bytewise() {
        return "collate \"C\"";
    }

    @Override
    public String upsert(Table<?> table) {
        return table.insert() + " on conflict (" + table.key() + ") do update set " + table.assignments()
                + (table.isVersioned() ? " where " + table.name() + ".version <= :version" : "");
    }

    @Override
    public void force(Handle handle) {
        // a commit does it
    }
}
