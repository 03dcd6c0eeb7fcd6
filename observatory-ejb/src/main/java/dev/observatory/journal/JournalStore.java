package dev.observatory.journal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What outlives the process: blocks of messages, drafts that are for those who come later, and what a journal that has
 * ended in order left for the next. Thread-safe.
 *
 * <p>It keeps bytes and does not know what they mean. One run at a time has it, from {@link #open} on; whoever opens it
 * takes it from the run before. Every method may block, and throws a {@link JournalStoreException} when the store
 * cannot be reached, then nothing has changed or all of it.
 */
public interface JournalStore {

    /**
     * What a run left that has ended in order.
     *
     * @param image what it gave to {@link #close}
     */
    record Left(String epoch, byte[] image) {}

    /**
     * Consecutive messages.
     *
     * @param first the pos of the first
     * @param last the pos of the last
     */
    record Block(long first, long last, byte[] data) {}

    /** A draft that is also for those who come later, until it expires. */
    record KeptDraft(String id, Instant keptAt, Instant expiresAt, byte[] data) {}

    /** Takes the store for this run. Until {@link #close} it does not count as left in order any more. */
    Optional<Left> open();

    /** Begins an epoch: forgets all blocks, but no drafts. */
    void begin(String epoch);

    /** Writes the block that follows all others; what there is of the same messages is replaced. */
    void write(Block block);

    /** Forgets the blocks that end at a pos or before. */
    void drop(long to);

    /** The first block that ends at a pos or behind it. */
    Optional<Block> blockAt(long pos);

    /** Leaves the store in order for the next run. Only then its blocks and its epoch go on. */
    void close(byte[] image);

    /** Keeps a draft, once if it is given again. */
    void keep(KeptDraft draft);

    /** All drafts, in the order of their times; also before {@link #open}. */
    List<KeptDraft> drafts();

    /** Forgets the drafts that expire at a time or before, and others. */
    void forget(Instant until, Collection<String> ids);
}
