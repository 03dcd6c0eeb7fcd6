package dev.observatory.journal;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store in memory that can be away. Each of these is one run on a disk that outlives it. Thread-safe. */
final class MemoryJournalStore implements JournalStore {

    /** What outlives a run. */
    static final class Disk {
        private MemoryJournalStore owner;
        private String epoch = "";
        private byte[] image;
        private final TreeMap<Long, Block> blocks = new TreeMap<>();
        private final Map<String, KeptDraft> drafts = new LinkedHashMap<>();
        private boolean isAway;

        synchronized void setAway(boolean away) {
            isAway = away;
        }

        synchronized boolean isAway() {
            return isAway;
        }

        synchronized boolean hasDraft(String id) {
            return drafts.containsKey(id);
        }

        synchronized int blockCount() {
            return blocks.size();
        }
    }

    private final Disk disk;

    MemoryJournalStore(Disk disk) {
        this.disk = disk;
    }

    private void check() {
        if (disk.isAway) {
            throw new JournalStoreException("the disk is away", null);
        }
    }

    private void checkOwner() {
        check();
        if (disk.owner != this) {
            throw new JournalTakenException();
        }
    }

    @Override
    public Optional<Left> open() {
        synchronized (disk) {
            check();
            disk.owner = this;
            Optional<Left> left = Optional.ofNullable(disk.image).map(image -> new Left(disk.epoch, image));
            disk.image = null;
            return left;
        }
    }

    @Override
    public void begin(String epoch) {
        synchronized (disk) {
            checkOwner();
            disk.epoch = epoch;
            disk.image = null;
            disk.blocks.clear();
        }
    }

    @Override
    public void write(Block block) {
        synchronized (disk) {
            checkOwner();
            disk.blocks.tailMap(block.first()).clear();
            disk.blocks.put(block.last(), block);
        }
    }

    @Override
    public void drop(long to) {
        synchronized (disk) {
            checkOwner();
            disk.blocks.headMap(to, true).clear();
        }
    }

    @Override
    public Optional<Block> blockAt(long pos) {
        synchronized (disk) {
            check();
            return disk.owner == this
                    ? Optional.ofNullable(disk.blocks.ceilingEntry(pos)).map(Map.Entry::getValue)
                    : Optional.empty();
        }
    }

    @Override
    public void close(byte[] image) {
        synchronized (disk) {
            checkOwner();
            disk.image = image;
        }
    }

    @Override
    public void keep(KeptDraft draft) {
        synchronized (disk) {
            check();
            disk.drafts.put(draft.id(), draft);
        }
    }

    @Override
    public List<KeptDraft> drafts() {
        synchronized (disk) {
            check();
            return disk.drafts.values().stream()
                    .sorted(Comparator.comparing(KeptDraft::keptAt).thenComparing(KeptDraft::id))
                    .toList();
        }
    }

    @Override
    public void forget(Instant until, Collection<String> ids) {
        synchronized (disk) {
            check();
            disk.drafts.values().removeIf(draft -> !draft.expiresAt().isAfter(until) || ids.contains(draft.id()));
        }
    }
}
