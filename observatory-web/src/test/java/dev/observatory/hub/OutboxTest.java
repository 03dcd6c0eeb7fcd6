package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.ControlFrame.Gap;
import dev.observatory.protocol.GapReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An outbox")
class OutboxTest {

    private static final Channel HIGH = Channel.ALERTS;
    private static final Channel NORMAL = Channel.conversation("a");
    private static final Channel OTHER = Channel.conversation("b");
    private static final Channel LOW = Channel.FILE_EVENTS;
    private static final int ALL = Integer.MAX_VALUE;
    private static final Predicate<Outgoing> NONE = frame -> false;

    private final Map<Channel, Long> seqs = new HashMap<>();
    private final List<Message> lost = new ArrayList<>();

    /** The notices that were written, by their text. */
    private final Map<String, Gap> notices = new HashMap<>();

    @Test
    @DisplayName("gives frames back in order, one at a time")
    void keepsOrder() {
        Outbox outbox = outbox(100, 100);
        Outgoing first = answer(3);
        Outgoing second = answer(4);
        offer(outbox, first);
        offer(outbox, second);

        assertThat(outbox.frames()).isEqualTo(2);
        assertThat(outbox.bytes()).isEqualTo(7);
        assertThat(outbox.next(0, ALL, NONE)).containsExactly(first);
        assertThat(outbox.next(0, ALL, NONE)).containsExactly(second);
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.bytes()).isZero();
        assertThat(outbox.next(10, ALL, NONE)).isEmpty();
    }

    @Test
    @DisplayName("takes no more frames and no more bytes than it may")
    void isBounded() {
        Outbox bytes = outbox(10, 100);
        assertThat(offer(bytes, answer(4))).isTrue();
        assertThat(offer(bytes, answer(6))).isTrue();
        assertThat(offer(bytes, answer(1))).isFalse();
        assertThat(bytes.bytes()).isEqualTo(10);

        Outbox frames = outbox(100, 2);
        assertThat(offer(frames, message(NORMAL, 1))).isTrue();
        assertThat(offer(frames, answer(1))).isTrue();
        assertThat(offer(frames, message(NORMAL, 1))).isFalse();
        frames.next(0, ALL, NONE);
        assertThat(offer(frames, message(NORMAL, 1))).isTrue();
    }

    @Test
    @DisplayName("takes a frame that alone is too large while nothing else waits")
    void takesALargeFrameAlone() {
        Outbox outbox = outbox(10, 100);

        assertThat(offer(outbox, message(NORMAL, 11))).isTrue();
        assertThat(offer(outbox, answer(1))).isFalse();
        outbox.next(0, ALL, NONE);
        assertThat(offer(outbox, answer(1))).isTrue();
        assertThat(offer(outbox, message(NORMAL, 11))).isFalse();
    }

    @Test
    @DisplayName("counts the line feeds between the frames of a batch")
    void countsLineFeeds() {
        Outbox outbox = outbox(100, 100);
        offer(outbox, answer(5));
        offer(outbox, message(NORMAL, 5));

        assertThat(outbox.next(10, ALL, NONE)).hasSize(1);
        offer(outbox, message(NORMAL, 5));
        assertThat(outbox.next(11, ALL, NONE)).hasSize(2);
    }

    @Test
    @DisplayName("sends answers first, then messages by their priority, each in their order")
    void overtakes() {
        Outbox outbox = outbox(100, 100);
        Outgoing low = message(LOW, 1);
        Outgoing normal = message(NORMAL, 1);
        Outgoing other = message(OTHER, 1);
        Outgoing high = message(HIGH, 1);
        Outgoing answer = answer(1);
        List.of(low, normal, other, high, answer).forEach(frame -> offer(outbox, frame));

        assertThat(outbox.next(100, ALL, NONE)).containsExactly(answer, high, normal, other, low);
    }

    @Test
    @DisplayName("gives as many messages as are asked for, and answers beyond them")
    void isLimitedInMessages() {
        Outbox outbox = outbox(100, 100);
        Outgoing first = message(HIGH, 1);
        Outgoing second = message(NORMAL, 1);
        List.of(first, second).forEach(frame -> offer(outbox, frame));

        assertThat(outbox.next(100, 1, NONE)).containsExactly(first);
        assertThat(outbox.next(100, 0, NONE)).isEmpty();
        Outgoing answer = answer(1);
        offer(outbox, answer);
        assertThat(outbox.next(100, 0, NONE)).containsExactly(answer);
        assertThat(outbox.next(100, 1, NONE)).containsExactly(second);
    }

    @Test
    @DisplayName("leaves out states that newer ones follow when it is full, and tells it before what comes next")
    void conflates() {
        Outbox outbox = outbox(100, 4);
        Outgoing kept = message(NORMAL, 1);
        Outgoing state = state(OTHER, "x");
        Outgoing other = state(OTHER, "y");
        Outgoing newer = state(OTHER, "x");
        List.of(kept, state, other, newer).forEach(frame -> offer(outbox, frame));
        Outgoing last = message(NORMAL, 1);

        assertThat(offer(outbox, last)).isFalse();
        assertThat(lost).containsExactly(state.message());
        assertThat(sent(outbox)).containsExactly("a 1", "gap b 1-1 conflated", "b 2", "b 3");
    }

    @Test
    @DisplayName("leaves out the lowest lane before it is full")
    void dropsTheLowestLane() {
        Outbox outbox = outbox(100, 4);
        for (int i = 0; i < 3; i++) {
            offer(outbox, message(LOW, 1));
        }
        offer(outbox, message(NORMAL, 1));

        assertThat(offer(outbox, message(NORMAL, 1))).isTrue();
        assertThat(offer(outbox, message(LOW, 1))).isTrue();
        assertThat(sent(outbox)).containsExactly("a 1", "a 2", "gap file_events 1-3 slow_consumer", "file_events 4");
    }

    @Test
    @DisplayName("tells of everything that was left out, and of nothing else")
    void clears() {
        Outbox outbox = outbox(100, 100);
        Outgoing answer = answer(1);
        offer(outbox, message(NORMAL, 1));
        offer(outbox, message(OTHER, 1));
        offer(outbox, message(NORMAL, 1));
        offer(outbox, answer);

        outbox.clear(GapReason.EXPIRED);

        assertThat(sent(outbox)).containsExactly("answer", "gap a 1-2 expired", "gap b 1-1 expired");
    }

    @Test
    @DisplayName("forgets what is not wanted any more")
    void retains() {
        Outbox outbox = outbox(100, 100);
        offer(outbox, message(NORMAL, 2));
        offer(outbox, message(OTHER, 3));

        outbox.retain(message -> message.channel().equals(OTHER), any -> true);

        assertThat(outbox.bytes()).isEqualTo(3);
        assertThat(sent(outbox)).containsExactly("b 1");
    }

    @Test
    @DisplayName(
            "sends the past between answers and messages, however much it is, and nothing that is not wanted any more")
    void sendsThePast() {
        Outbox outbox = outbox(10, 2);
        offer(outbox, message(HIGH, 1));
        outbox.bring(List.of(
                Outgoing.state(NORMAL, "the state of a"),
                Outgoing.state(OTHER, "the state of b"),
                Outgoing.replay(message(NORMAL, 1).message(), "{}"),
                Outgoing.replay(message(OTHER, 1).message(), "{}")));
        offer(outbox, answer(1));
        assertThat(outbox.frames()).isEqualTo(2);
        assertThat(outbox.pastFrames()).isEqualTo(4);
        assertThat(outbox.pastBytes()).isEqualTo(2 * "the state of a".length() + 2 * "{}".length());

        outbox.retain(message -> !message.channel().equals(OTHER), channel -> !channel.equals(OTHER));

        assertThat(outbox.next(0, 0, NONE)).hasSize(1);
        assertThat(outbox.next(0, 0, NONE)).extracting(Outgoing::text).containsExactly("the state of a");
        assertThat(outbox.next(0, 0, NONE)).as("a replay is a message").isEmpty();
        assertThat(outbox.isEmpty()).isFalse();
        assertThat(sent(outbox)).containsExactly("a 1", "alerts 1");
    }

    @Test
    @DisplayName("puts nothing else into a batch with what has to go alone")
    void sendsAlone() {
        Outbox outbox = outbox(100, 100);
        for (int i = 0; i < 5; i++) {
            offer(outbox, message(NORMAL, i == 2 ? 7 : 1));
        }
        Predicate<Outgoing> large = frame -> frame.size() > 5;

        assertThat(outbox.next(100, ALL, large)).hasSize(2);
        assertThat(outbox.next(100, ALL, large)).hasSize(1);
        assertThat(outbox.next(100, ALL, large)).hasSize(2);
    }

    @Test
    @DisplayName("gives everything back when it is emptied")
    void isEmptied() {
        Outbox outbox = outbox(100, 100);
        Outgoing first = answer(3);
        Outgoing second = message(LOW, 4);
        offer(outbox, first);
        offer(outbox, second);

        assertThat(outbox.drain()).containsExactly(first, second);
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.bytes()).isZero();
        assertThat(outbox.drain()).isEmpty();
    }

    @ParameterizedTest(name = "{displayName}: seed {0}")
    @DisplayName("accounts for every number of every channel, once, in order, within its bounds")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void accountsForEverything(long seed) {
        Random random = new Random(seed);
        long maxBytes = 50 + random.nextInt(200);
        int maxFrames = 3 + random.nextInt(40);
        Outbox outbox = outbox(maxBytes, maxFrames);
        List<Channel> channels = List.of(HIGH, NORMAL, OTHER, LOW, Channel.GPU);
        Reader reader = new Reader();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(3) > 0) {
                Channel channel = channels.get(random.nextInt(channels.size()));
                int size = 1 + random.nextInt(random.nextInt(30) == 0 ? 400 : 30);
                String key = random.nextBoolean() ? null : "k" + random.nextInt(3);
                Outgoing frame = frame(channel, size, key);
                boolean alone = outbox.isEmpty();
                if (!offer(outbox, frame)) {
                    outbox.clear(GapReason.SLOW_CONSUMER);
                    while (!offer(outbox, frame)) {
                        reader.read(outbox.next(0, ALL, NONE));
                    }
                    alone = outbox.frames() == 1;
                }
                assertThat(outbox.frames()).isLessThanOrEqualTo(Math.max(1, maxFrames));
                assertThat(alone || outbox.bytes() <= maxBytes).isTrue();
            } else {
                reader.read(outbox.next(random.nextInt(150), random.nextInt(4), NONE));
            }
        }
        for (List<Outgoing> batch = outbox.next(0, ALL, NONE); !batch.isEmpty(); batch = outbox.next(0, ALL, NONE)) {
            reader.read(batch);
        }

        assertThat(outbox.frames()).isZero();
        assertThat(outbox.bytes()).isZero();
        seqs.forEach((channel, last) -> assertThat(reader.missing(channel.name(), last))
                .as("%s up to %d, seed %d", channel, last, seed)
                .isEmpty());
    }

    /** A client that takes nothing on trust. */
    private final class Reader {

        private final Map<String, Long> lastSeq = new HashMap<>();

        /** The last number of each channel that was delivered or said to be left out. */
        private final Map<String, Long> lastTold = new HashMap<>();

        private final Map<String, TreeMap<Long, Gap>> gaps = new HashMap<>();

        void read(List<Outgoing> frames) {
            for (Outgoing frame : frames) {
                if (frame.message() != null) {
                    read(frame.message());
                } else {
                    Gap gap = notices.get(frame.text());
                    assertThat(gap.count()).isEqualTo(gap.toSeq() - gap.fromSeq() + 1);
                    Gap other = gaps(gap.channel()).put(gap.fromSeq(), gap);
                    assertThat(other).as("told twice").isNull();
                    long told = lastTold.getOrDefault(gap.channel(), 0L);
                    assertThat(gap.fromSeq()).as("in its place").isEqualTo(told + 1);
                    lastTold.put(gap.channel(), gap.toSeq());
                }
            }
        }

        private void read(Message message) {
            String channel = message.channel().name();
            long last = lastSeq.getOrDefault(channel, 0L);
            assertThat(missing(channel, last, message.seq())).isEmpty();
            lastSeq.put(channel, message.seq());
            assertThat(lastTold.getOrDefault(channel, 0L) + 1).isEqualTo(message.seq());
            lastTold.put(channel, message.seq());
        }

        /** The numbers up to the last that were neither delivered nor said to be left out. */
        List<Long> missing(String channel, long last) {
            return missing(channel, lastSeq.getOrDefault(channel, 0L), last + 1);
        }

        private List<Long> missing(String channel, long after, long before) {
            List<Long> missing = new ArrayList<>();
            for (long seq = after + 1; seq < before; seq++) {
                Map.Entry<Long, Gap> gap = gaps(channel).floorEntry(seq);
                if (gap == null || gap.getValue().toSeq() < seq) {
                    missing.add(seq);
                }
            }
            return missing;
        }

        private TreeMap<Long, Gap> gaps(String channel) {
            return gaps.computeIfAbsent(channel, c -> new TreeMap<>());
        }
    }

    private Outbox outbox(long maxBytes, int maxFrames) {
        return new Outbox(maxBytes, maxFrames, this::notice, (frame, reason) -> lost.add(frame.message()));
    }

    private static boolean offer(Outbox outbox, Outgoing frame) {
        return outbox.offer(frame, GapReason.SLOW_CONSUMER);
    }

    /** What comes out of it, one after the other, as short as can be. */
    private List<String> sent(Outbox outbox) {
        List<String> sent = new ArrayList<>();
        for (List<Outgoing> next = outbox.next(0, ALL, NONE); !next.isEmpty(); next = outbox.next(0, ALL, NONE)) {
            Outgoing frame = next.get(0);
            Message message = frame.message();
            sent.add(
                    message == null ? frame.text() : shortName(message.channel().name()) + " " + message.seq());
        }
        return sent;
    }

    private static String shortName(String channel) {
        return channel.replace("conversation:", "");
    }

    /** Without a size of its own, so that what waits can be counted by hand. */
    private Outgoing notice(Gap gap) {
        String text = "gap " + shortName(gap.channel()) + " " + gap.fromSeq() + "-" + gap.toSeq() + " "
                + gap.reason().name().toLowerCase(Locale.ROOT);
        notices.put(text, gap);
        return new Outgoing(text, 0, null, null, null, false, null, 0);
    }

    private static Outgoing answer(int size) {
        return new Outgoing("answer", size, null, null, null, false, null, 0);
    }

    private Outgoing message(Channel channel, int size) {
        return frame(channel, size, null);
    }

    private Outgoing state(Channel channel, String key) {
        return frame(channel, 1, key);
    }

    private Outgoing frame(Channel channel, int size, String key) {
        long seq = seqs.merge(channel, 1L, Long::sum);
        Message message = new Message("d", "note", channel, List.of(), seq, seq, Instant.EPOCH, "", size, key, null);
        return Outgoing.of(message, null, null, 0);
    }
}
