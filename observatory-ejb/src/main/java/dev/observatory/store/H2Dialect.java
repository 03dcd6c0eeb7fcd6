package dev.observatory.store;

import java.nio.file.Path;
import java.util.Properties;
import org.jdbi.v3.core.Handle;

/** H2, in the same process and one file. */
final class H2Dialect implements Dialect {

    /**
     * The file {@code observatory.mv.db} in a folder.
     *
     * <p>Without a write delay a commit is handed to the operating system before it returns, and a killed process loses
     * nothing. Closing is up to the application: H2's own shutdown hook would close the file under the last turn.
     * {@code DB_CLOSE_DELAY} is left out, with it the file would stay locked when the application is deployed anew. The cache
     * has 8 MiB, a small part of what H2 would take: whatever is asked for often the application holds itself.
     */
    static String url(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("observatory").toAbsolutePath()
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=8192";
    }

    @Override
    public String driverClass() {
        return "org.h2.Driver";
    }

    @Override
    public Properties driverProperties() {
        return new Properties();
    }

    @Override
    public String bytewise() {
        return "";
    }

    @Override
    public String upsert(Table<?> table) {
        return "merge into " + table.name() + " t using (values (1)) on t." + table.key() + " = :" + table.key()
                + " when matched" + (table.isVersioned() ? " and t.version <= :version" : "")
                + " then update set " + table.assignments()
                + " when not matched then insert (" + table.columnNames() + ") values (" + table.parameters() + ")";
    }

    @Override
    public void force(Handle handle) {
        handle.execute("checkpoint sync");
    }
}
