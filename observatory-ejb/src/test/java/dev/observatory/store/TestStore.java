package dev.observatory.store;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.KeptSegments;
import java.nio.file.Path;

/** A store in an H2 file, for the tests of rooms that use one. */
public final class TestStore implements AutoCloseable {

    private final Database database;

    public TestStore(Path folder) {
        database = new Database(DatabaseConfig.ofFolder(folder));
    }

    public ConversationStore conversations() {
        return new SqlConversationStore(database);
    }

    public KeptSegments segments() {
        return new SqlKeptSegments(database);
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
