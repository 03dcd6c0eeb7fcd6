package dev.observatory.store;

import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.journal.JournalStore;
import dev.observatory.journal.JournalStoreException;
import dev.observatory.journal.JournalTakenException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The journal in a SQL database. One of these is one run. Thread-safe. */
final class SqlJournalStore implements JournalStore {

    private static final Logger LOG = System.getLogger(SqlJournalStore.class.getName());

    private final Database database;
    private final UUID run = UUID.randomUUID();

    SqlJournalStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Left> open() {
        Optional<Left> left = failing(() -> database.inTransaction(transaction -> {
            Handle handle = transaction.handle();
            // changed before it is read: so two processes that start at once do so one behind the other
            boolean isThere = handle.execute("update journal set run_id = ? where number = 1", run) > 0;
            if (!isThere) {
                handle.execute("insert into journal (number, run_id, epoch) values (1, ?, '')", run);
            }
            Optional<Left> found = handle.createQuery("select epoch, image from journal where image is not null")
                    .map((row, context) -> new Left(row.getString("epoch"), row.getBytes("image")))
                    .findOne();
            handle.execute("update journal set image = null");
            return found;
        }));
        force();
        return left;
    }

    /**
     * Or a power failure could bring back what was left, and its numbers would be given again. Without success that is
     * so, but what was left is not lost for it; the database has told the log.
     */
    private void force() {
        try {
            database.write(transaction -> transaction.dialect().force(transaction.handle()));
        } catch (StoreUnavailableException e) {
            LOG.log(Level.DEBUG, "the beginning of the journal is not forced to the disk", e);
        }
    }

    @Override
    public void begin(String epoch) {
        write(handle -> {
            handle.execute("update journal set epoch = ?, image = null", epoch);
            handle.execute("delete from journal_block");
        });
    }

    @Override
    public void write(Block block) {
        write(handle -> {
            handle.execute("delete from journal_block where last_pos >= ?", block.first());
            handle.execute(
                    "insert into journal_block (last_pos, first_pos, data) values (?, ?, ?)",
                    block.last(),
                    block.first(),
                    block.data());
        });
    }

    @Override
    public void drop(long to) {
        write(handle -> handle.execute("delete from journal_block where last_pos <= ?", to));
    }

    @Override
    public Optional<Block> blockAt(long pos) {
        return failing(() -> database.read(handle -> handle.createQuery("select last_pos, first_pos, data"
                        + " from journal_block where last_pos >= :pos"
                        + " and exists (select 1 from journal where run_id = :run) order by last_pos limit 1")
                .bind("pos", pos)
                .bind("run", run)
                .map((row, context) ->
                        new Block(row.getLong("first_pos"), row.getLong("last_pos"), row.getBytes("data")))
                .findOne()));
    }

    @Override
    public void close(byte[] image) {
        write(handle -> handle.execute("update journal set image = ?", image));
    }

    @Override
    public void keep(KeptDraft draft) {
        failing(() -> database.inTransaction(transaction -> {
            Handle handle = transaction.handle();
            String id = StoredText.of(draft.id());
            handle.execute("delete from kept_draft where id = ?", id);
            return handle.execute(
                    "insert into kept_draft (id, kept_at, expires_at, data) values (?, ?, ?, ?)",
                    id,
                    StoredTime.of(draft.keptAt()),
                    StoredTime.of(draft.expiresAt()),
                    draft.data());
        }));
    }

    @Override
    public List<KeptDraft> drafts() {
        return failing(() -> database.read(handle -> handle.createQuery(
                        "select id, kept_at, expires_at, data from kept_draft order by kept_at, id")
                .map((row, context) -> new KeptDraft(
                        StoredText.read(row.getString("id")),
                        StoredTime.read(row, "kept_at"),
                        StoredTime.read(row, "expires_at"),
                        row.getBytes("data")))
                .list()));
    }

    @Override
    public void forget(Instant until, Collection<String> ids) {
        failing(() -> database.inTransaction(transaction -> {
            Handle handle = transaction.handle();
            if (!ids.isEmpty()) {
                try (PreparedBatch batch = handle.prepareBatch("delete from kept_draft where id = :id")) {
                    ids.forEach(id -> batch.bind("id", StoredText.of(id)).add());
                    batch.execute();
                }
            }
            return handle.execute("delete from kept_draft where expires_at <= ?", StoredTime.of(until));
        }));
    }

    /** All of it or nothing, and only as long as the journal is this run's. */
    private void write(Consumer<Handle> work) {
        failing(() -> database.inTransaction(transaction -> {
            // an update, since that keeps the row as it is until this has ended
            if (transaction.handle().execute("update journal set run_id = run_id where run_id = ?", run) == 0) {
                throw new JournalTakenException();
            }
            work.accept(transaction.handle());
            return null;
        }));
    }

    private static <T> T failing(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreUnavailableException e) {
            throw new JournalStoreException(e.getMessage(), e);
        }
    }
}
