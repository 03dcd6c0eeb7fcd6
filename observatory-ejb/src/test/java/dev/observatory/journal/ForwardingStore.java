package dev.observatory.journal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Another store, for tests that change something of it. As thread-safe as that one. */
class ForwardingStore implements JournalStore {

    private final JournalStore store;

    ForwardingStore(JournalStore store) {
        this.store = store;
    }

    @Override
    public Optional<Left> open() {
        return store.open();
    }

    @Override
    public void begin(String epoch) {
        store.begin(epoch);
    }

    @Override
    public void write(Block block) {
        store.write(block);
    }

    @Override
    public void drop(long to) {
        store.drop(to);
    }

    @Override
    public Optional<Block> blockAt(long pos) {
        return store.blockAt(pos);
    }

    @Override
    public void close(byte[] image) {
        store.close(image);
    }

    @Override
    public void keep(KeptDraft draft) {
        store.keep(draft);
    }

    @Override
    public List<KeptDraft> drafts() {
        return store.drafts();
    }

    @Override
    public void forget(Instant until, Collection<String> ids) {
        store.forget(until, ids);
    }
}
