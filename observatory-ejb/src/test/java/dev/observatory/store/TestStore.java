package dev.observatory.store;

import dev.observatory.alert.AlertStore;
import dev.observatory.camera.CameraStore;
import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.KeptSegments;
import dev.observatory.journal.JournalStore;
import java.nio.file.Path;
import java.sql.SQLException;

/** A store in an H2 file or in PostgreSQL, for the tests of rooms that use one. */
public final class TestStore implements AutoCloseable {

    private final Database database;

    public TestStore(Path folder) {
        this(DatabaseConfig.ofFolder(folder));
    }

    private TestStore(DatabaseConfig config) {
        database = new Database(config);
    }

    /** One in a PostgreSQL database of its own. */
    public static TestStore inPostgres() throws SQLException {
        return new TestStore(PostgresServer.newDatabase());
    }

    /** A run of the journal. */
    public JournalStore journal() {
        return new SqlJournalStore(database);
    }

    public ConversationStore conversations() {
        return new SqlConversationStore(database);
    }

    public KeptSegments segments() {
        return new SqlKeptSegments(database);
    }

    public CameraStore cameras() {
        return new SqlCameraStore(database);
    }

    public AlertStore alerts() {
        return new SqlAlertStore(database);
    }

    /** Changes what no method changes yet. */
    public void execute(String sql) {
        database.write(transaction -> transaction.handle().execute(sql));
    }

    @Override
    public void close() {
        database.close();
    }
}
