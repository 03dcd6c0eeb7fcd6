package dev.observatory.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The table of files that nobody knows any more and whose segments wait for being deleted, by one connection. Deleting
 * takes as long as writing did, hundreds of megabytes for a single conversation; so it is done in small pieces. Confined
 * to the thread that holds the connection.
 */
final class ForgottenFiles {

    /** How much is deleted at a time, bytes before they were compressed, unless a single segment is larger. */
    private static final long PIECE = 2L << 20;

    /** More segments are not looked at at a time. */
    private static final int MOST_SEGMENTS = 64;

    private record Piece(long number, long size) {}

    private final Handle handle;

    ForgottenFiles(Handle handle) {
        this.handle = handle;
    }

    /** Adds the files of conversations. */
    void add(List<String> conversationIds) {
        String insert = "insert into forgotten_file (id) select id from file where conversation_id = :conversation";
        try (PreparedBatch batch = handle.prepareBatch(insert)) {
            conversationIds.forEach(
                    id -> batch.bind("conversation", StoredText.of(id)).add());
            batch.execute();
        }
    }

    /** A file is there again: what is left of its former lines goes at once. */
    void recall(UUID fileId) {
        if (delete(fileId) > 0) {
            handle.createUpdate("delete from segment where file_id = :file")
                    .bind("file", fileId)
                    .execute();
        }
    }

    /** @return whether there is more to be deleted */
    boolean deletePiece() {
        Optional<UUID> file = handle.createQuery("select id from forgotten_file fetch first row only")
                .mapTo(UUID.class)
                .findFirst();
        if (file.isEmpty()) {
            return false;
        }
        List<Long> numbers = piece(file.get());
        if (numbers.isEmpty()) {
            delete(file.get());
        } else {
            handle.createUpdate("delete from segment where number in (<numbers>)")
                    .bindList("numbers", numbers)
                    .execute();
        }
        return true;
    }

    private List<Long> piece(UUID fileId) {
        List<Piece> next = handle.createQuery(
                        "select number, size_bytes from segment where file_id = :file fetch first :most rows only")
                .bind("file", fileId)
                .bind("most", MOST_SEGMENTS)
                .map((row, context) -> new Piece(row.getLong("number"), row.getLong("size_bytes")))
                .list();
        List<Long> numbers = new ArrayList<>();
        long size = 0;
        for (Piece piece : next) {
            size += piece.size();
            if (!numbers.isEmpty() && size > PIECE) {
                break;
            }
            numbers.add(piece.number());
        }
        return numbers;
    }

    private int delete(UUID fileId) {
        return handle.createUpdate("delete from forgotten_file where id = :file")
                .bind("file", fileId)
                .execute();
    }
}
