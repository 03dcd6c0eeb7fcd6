package dev.observatory.journal;

import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * A journal in the memory of one node, bounded by bytes and age: the oldest messages go first. What may lie behind the
 * memory is written and read by others; alone, its numbers start anew with every start, and so does its epoch.
 * Thread-safe.
 */
public final class RingJournal implements Journal {

    /** A piece of history ends there, so that asking for it does not make a client a slow one. */
    private static final long HISTORY_BYTES = 1 << 20;

    private final JsonEncoder encoder;
    private final Consumer<Message> announcer;
    private final Clock clock;
    private final Behind behind;
    private final String epoch;

    /** Where drafts go in that are kept. */
    private final Entrance keeping = new Entrance();

    /** Guards all that follows. Nothing blocks under it. */
    private final Object lock = new Object();

    private final MessageRing ring;
    private final Numbers numbers;
    private final KeptMessages kept;
    private boolean announcing;

    /** Written under the lock, read without: whoever is created by an announcement must not wait for its end. */
    private volatile long announced;

    private boolean isClosed;

    /**
     * A journal with nothing behind it.
     *
     * @param announcer hears of every message, one at a time and in order; it must not block
     * @param maxBytes how much text is kept, bytes of UTF-8
     */
    public RingJournal(JsonEncoder encoder, Consumer<Message> announcer, Clock clock, long maxBytes, Duration maxAge) {
        this(encoder, announcer, clock, JournalConfig.inMemory(maxBytes, maxAge), Behind.NOTHING);
    }

    RingJournal(JsonEncoder encoder, Consumer<Message> announcer, Clock clock, JournalConfig config, Behind behind) {
        this(
                encoder,
                announcer,
                clock,
                config,
                behind,
                UUID.randomUUID().toString(),
                JournalImage.empty(config.maxNumbers()));
    }

    /** Goes on where another has ended. */
    RingJournal(
            JsonEncoder encoder,
            Consumer<Message> announcer,
            Clock clock,
            JournalConfig config,
            Behind behind,
            String epoch,
            JournalImage image) {
        this.encoder = encoder;
        this.announcer = announcer;
        this.clock = clock;
        this.behind = behind;
        this.epoch = epoch;
        this.numbers = image.numbers();
        this.ring = new MessageRing(config.maxBytes(), config.maxAge(), numbers.pos());
        this.kept = new KeptMessages(config.maxKeptBytes(), gone -> numbers.forget(Forgotten.of(gone)));
        this.kept.restore(image.kept(), image.ousted());
        announced = numbers.pos();
    }

    @Override
    public Message append(Draft draft) {
        // the expensive part, and the one that can fail, comes before the numbers: a refused draft leaves no hole
        String data = encoder.encode(draft.data());
        EncodedDraft encoded = EncodedDraft.of(draft, data, clock.instant());
        return encoded.expiresAt() == null ? append(encoded, false, announcer) : keepAndAppend(encoded);
    }

    /** What is begun before the end is ended before it: a draft that is in the store has its number, or is taken back. */
    private Message keepAndAppend(EncodedDraft draft) {
        if (!keeping.enter()) {
            throw new JournalClosedException();
        }
        try {
            // before the lock too, since it blocks: the draft is written, and its numbers are only in memory
            boolean isWritten = behind.keep(draft);
            try {
                return append(draft, isWritten, announcer);
            } catch (JournalClosedException late) {
                if (isWritten) {
                    behind.forget(draft);
                }
                throw late;
            }
        } finally {
            keeping.leave();
        }
    }

    /**
     * Appends a draft of an earlier epoch again.
     *
     * @param announcer hears of the message
     */
    void appendAgain(EncodedDraft draft, Consumer<Message> announcer) {
        append(draft, true, announcer);
    }

    private Message append(EncodedDraft draft, boolean isWritten, Consumer<Message> announcer) {
        synchronized (lock) {
            if (isClosed) {
                throw new JournalClosedException();
            }
            if (announcing) {
                throw new IllegalStateException("a listener of the journal appended to it: " + draft.type());
            }
            Message message = draft.numbered(
                    numbers.nextSeq(draft.channel()),
                    numbers.pos() + 1,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            if (draft.expiresAt() != null) {
                kept.add(message, isWritten ? null : draft);
            }
            numbers.add(draft.address(), message.size(), kept::has);
            ring.add(message);
            announce(message, announcer);
            return message;
        }
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public long pos() {
        synchronized (lock) {
            return numbers.pos();
        }
    }

    @Override
    public long announced() {
        return announced;
    }

    @Override
    public long seq(Channel channel) {
        synchronized (lock) {
            return numbers.seq(channel);
        }
    }

    @Override
    public long seqAt(Channel channel, long pos) {
        synchronized (lock) {
            return numbers.seqAt(channel, pos);
        }
    }

    @Override
    public History history(Channel channel, long afterSeq, int limit) {
        long newest;
        NumbersWindow window;
        List<Numbered> longer;
        LongPredicate hasText;
        synchronized (lock) {
            newest = numbers.seq(channel);
            if (afterSeq >= newest || ring.has(channel, afterSeq + 1)) {
                List<Message> messages = ring.after(channel, afterSeq, limit, HISTORY_BYTES);
                return new History(messages, afterSeq + messages.size() == newest);
            }
            window = numbers.window();
            longer = kept.upTo(window.floor(), channel);
            hasText = texts(window.floor());
        }
        HistorySearch search = new HistorySearch(channel, afterSeq, limit, HISTORY_BYTES);
        search.search(window, longer, hasText);
        return search.result(newest, this::read);
    }

    @Override
    public Replay replay(Cursor cursor, Interest interest, int maxMessages, long maxBytes) {
        NumbersWindow window;
        List<Forgotten> forgotten;
        List<Numbered> longer;
        LongPredicate hasText;
        synchronized (lock) {
            window = numbers.window();
            forgotten = numbers.forgottenAfter(cursor.least());
            longer = kept.between(cursor.least(), window.floor());
            hasText = texts(window.floor());
        }
        ReplaySearch search = new ReplaySearch(cursor, interest, maxMessages, maxBytes);
        search.search(window, forgotten, longer, hasText);
        return search.result(window.pos(), this::read);
    }

    /**
     * Of which messages there is a text just now. With the lock; to be asked without.
     *
     * @param floor up to there only what is kept is remembered
     */
    private LongPredicate texts(long floor) {
        long inMemory = ring.first();
        PosRange promised = behind.promised();
        Instant now = clock.instant();
        return pos -> pos > floor && (pos >= inMemory || promised.contains(pos)) || kept.get(pos, now) != null;
    }

    /** Reads messages, by pos; those that have gone meanwhile are missing. Without the lock, since it may block. */
    private Map<Long, Message> read(List<Numbered> wanted) {
        Map<Long, Message> read = new HashMap<>();
        List<Numbered> elsewhere = new ArrayList<>();
        Instant now = clock.instant();
        synchronized (lock) {
            for (Numbered numbered : wanted) {
                Message inMemory = ring.get(numbered.pos());
                Message message = inMemory == null ? kept.get(numbered.pos(), now) : inMemory;
                if (message == null) {
                    elsewhere.add(numbered);
                } else {
                    read.put(numbered.pos(), message);
                }
            }
        }
        if (!elsewhere.isEmpty()) {
            read.putAll(behind.read(elsewhere));
        }
        return read;
    }

    @Override
    public Later later(Interest interest, long upTo) {
        Set<Address> addresses;
        synchronized (lock) {
            addresses = kept.addresses();
        }
        List<Address> wanted = addresses.stream()
                .filter(address -> address.isWantedBy(interest))
                .toList();
        synchronized (lock) {
            Instant now = clock.instant();
            List<Message> messages = kept.list(wanted, now).stream()
                    .filter(message -> message.pos() <= upTo)
                    .toList();
            List<Ousted> ousted = kept.ousted(wanted, now).stream()
                    .map(range ->
                            range.toPos() <= upTo ? range : range.upTo(numbers.seqAt(range.channel(), upTo), upTo))
                    .filter(range -> range.count() > 0)
                    .toList();
            return new Later(messages, ousted);
        }
    }

    /**
     * Takes no more messages.
     *
     * @param patience how long those are waited for that are being kept
     */
    void close(Duration patience) {
        keeping.close(patience);
        synchronized (lock) {
            isClosed = true;
        }
    }

    /**
     * The oldest messages in memory behind a pos.
     *
     * @param limit how many at most
     * @param maxBytes how much text at most, but one message at least
     */
    List<Message> behind(long pos, int limit, long maxBytes) {
        synchronized (lock) {
            return ring.after(pos, limit, maxBytes);
        }
    }

    /** The drafts for those who come later that are not written yet, by pos. */
    Map<Long, EncodedDraft> unwrittenKept() {
        synchronized (lock) {
            return kept.unwritten();
        }
    }

    void keptIsWritten(long pos, EncodedDraft draft) {
        synchronized (lock) {
            kept.written(pos, draft);
        }
    }

    /** What lies behind it is another's from now on. */
    void leaveStore() {
        synchronized (lock) {
            kept.leaveStore();
        }
    }

    /** The ids of the drafts that had to go before they expired since this was asked for. */
    List<String> takeOusted() {
        synchronized (lock) {
            return kept.takeOusted(clock.instant());
        }
    }

    /** How many messages are in memory. */
    int messages() {
        synchronized (lock) {
            return ring.size();
        }
    }

    /** Their size, bytes of UTF-8. */
    long bytes() {
        synchronized (lock) {
            return ring.bytes();
        }
    }

    @Override
    public int channels() {
        synchronized (lock) {
            return numbers.seqs().size();
        }
    }

    long oustedEver() {
        synchronized (lock) {
            return kept.oustedEver();
        }
    }

    /** When a message had to go before it expired the last time; null when none had. */
    Instant oustedAt() {
        synchronized (lock) {
            return kept.oustedAt();
        }
    }

    /** What it leaves behind when it is closed, with what the store has of it. */
    JournalImage image(PosRange promised, List<BlockMark> blocks) {
        synchronized (lock) {
            if (!isClosed) {
                throw new IllegalStateException("the journal is not closed");
            }
            Instant now = clock.instant();
            kept.expire(now);
            return new JournalImage(numbers, kept.list(now), kept.ousted(now), promised, blocks);
        }
    }

    /**
     * Under the lock, although a listener is foreign code: it is what makes the order the same everywhere, and the one
     * listener there is, the hub, only offers to its queues.
     */
    private void announce(Message message, Consumer<Message> announcer) {
        announcing = true;
        try {
            announcer.accept(message);
        } finally {
            announcing = false;
            announced = message.pos();
        }
    }
}
