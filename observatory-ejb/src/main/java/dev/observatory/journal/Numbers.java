package dev.observatory.journal;

import dev.observatory.message.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Every channel's last number, and the numbers of the newest messages, whose texts may be gone: so many at most, 16
 * bytes each. Of what is older it remembers the last message to each address that has no text any more, so that it can
 * still be told whether an asker misses any of it, though not how much. Not thread-safe: the journal's lock guards it.
 */
final class Numbers {

    private final int max;
    private final Map<Channel, Long> seqs = new HashMap<>();

    /** Each address once, however many messages go there. */
    private final Map<Address, Address> addresses = new HashMap<>();

    private final Map<Address, Forgotten> forgotten = new HashMap<>();
    private final Deque<NumbersChunk> chunks = new ArrayDeque<>();

    /** Everything up to here is forgotten. */
    private long floor;

    private long pos;

    /** @param max how many messages' numbers are remembered; 0 or more */
    Numbers(int max) {
        this.max = max;
    }

    /** Takes up what was remembered before: first this, then {@link #restore} for each number behind the floor. */
    Numbers(int max, long floor, Map<Channel, Long> seqs, List<Forgotten> forgotten) {
        this(max);
        this.floor = floor;
        this.pos = floor;
        this.seqs.putAll(seqs);
        forgotten.forEach(last ->
                this.forgotten.put(last.address(), new Forgotten(intern(last.address()), last.pos(), last.seq())));
    }

    long pos() {
        return pos;
    }

    long seq(Channel channel) {
        return seqs.getOrDefault(channel, 0L);
    }

    /** The channel's last number at a pos, as far as that is remembered. */
    long seqAt(Channel channel, long pos) {
        long[] seq = {seq(channel)};
        window().forEachAfter(
                        pos,
                        address -> address.channel().equals(channel),
                        later -> seq[0] = Math.min(seq[0], later.seq() - 1));
        return seq[0];
    }

    /** Gives the next numbers, without remembering them yet. */
    long nextSeq(Channel channel) {
        return seq(channel) + 1;
    }

    /**
     * Remembers the next message.
     *
     * @param isKept which messages have a text that is kept for those who come later: they are not lost before
     *     {@link #forget} is told so
     */
    void add(Address address, int size, LongPredicate isKept) {
        long seq = seqs.merge(address.channel(), 1L, Long::sum);
        remember(address, seq, size);
        while (pos - floor > max) {
            forgetOldest(isKept);
        }
    }

    /** Remembers the next message of those from before, whose seqs are known already. */
    void restore(Address address, long seq, int size) {
        remember(address, seq, size);
    }

    private void remember(Address address, long seq, int size) {
        pos++;
        NumbersChunk last = chunks.peekLast();
        if (last == null || last.isFull(pos)) {
            last = new NumbersChunk(pos);
            chunks.addLast(last);
        }
        last.set(pos, intern(address), seq, size);
    }

    private void forgetOldest(LongPredicate isKept) {
        floor++;
        NumbersChunk oldest = chunks.getFirst();
        Numbered gone = oldest.get(floor);
        if (!isKept.test(floor)) {
            forget(new Forgotten(gone.address(), gone.pos(), gone.seq()));
        }
        if (oldest.isFull(floor + 1)) {
            chunks.removeFirst();
        }
    }

    /** Remembers of a message that it is not kept any more, where even its number is forgotten. */
    void forget(Forgotten gone) {
        if (gone.pos() <= floor) {
            forgotten.merge(gone.address(), gone, (known, other) -> known.pos() > other.pos() ? known : other);
        }
    }

    private Address intern(Address address) {
        Address known = addresses.putIfAbsent(address, address);
        return known == null ? address : known;
    }

    /** What is remembered now, to be read without the journal's lock. */
    NumbersWindow window() {
        return new NumbersWindow(floor, pos, chunks.toArray(NumbersChunk[]::new));
    }

    /** The last forgotten message to each address, where that is behind a pos. */
    List<Forgotten> forgottenAfter(long after) {
        if (after >= floor) {
            return List.of();
        }
        List<Forgotten> found = new ArrayList<>();
        for (Forgotten last : forgotten.values()) {
            if (last.pos() > after) {
                found.add(last);
            }
        }
        return found;
    }

    /** The last number of each channel that has one. */
    Map<Channel, Long> seqs() {
        return Collections.unmodifiableMap(seqs);
    }
}
