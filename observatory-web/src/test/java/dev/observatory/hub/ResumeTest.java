package dev.observatory.hub;

import static dev.observatory.hub.TestHub.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.hub.TestHub.Wire;
import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Priority;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A client that comes back")
class ResumeTest {

    private TestHub hub = hub(new TestSettings());

    @AfterEach
    void close() {
        hub.close();
    }

    private static TestHub hub(TestSettings settings) {
        return new TestHub(settings, 1, null, List.of());
    }

    private void restart(TestSettings settings) {
        hub.close();
        hub = hub(settings);
    }

    /** Keeps the one loop from what is asked of it, until the latch is released. */
    private static CountDownLatch held(TestHub hub) {
        CountDownLatch release = new CountDownLatch(1);
        hub.loops.get(0).execute(() -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return release;
    }

    @Test
    @DisplayName("on a loop that is behind the one before brings nothing for a second time")
    void bringsNothingTwiceOverLoops() {
        try (TestHub lagging = new TestHub(new TestSettings())) {
            Channel topic = Channel.named("topic:lagging");
            lagging.append(topic);
            CountDownLatch release = held(lagging);
            Wire resumed = lagging.reconnect(lagging.socket(Mode.AT_ONCE), topic.name());
            resumed.resumes(lagging.journal.epoch(), 0, 3, 0, topic.name());
            Wire after = lagging.connect(lagging.socket(Mode.AT_ONCE));
            after.subscribesAfter(topic.name(), 3);
            Wire fresh = lagging.connect(lagging.socket(Mode.AT_ONCE), topic.name());
            for (int i = 2; i <= 4; i++) {
                lagging.append(topic);
            }

            release.countDown();

            soon().until(() -> fresh.socket().positions().size() == 3);
            soon().until(() -> !resumed.socket().positions().isEmpty()
                    && !after.socket().positions().isEmpty());
            lagging.settle();
            assertThat(resumed.socket().positions()).containsExactly(4L);
            assertThat(after.socket().positions()).containsExactly(4L);
            assertThat(fresh.socket().positions()).containsExactly(2L, 3L, 4L);
        }
    }

    @Test
    @DisplayName("gets everything that it has missed, once and in order, and then what comes")
    void isBroughtUpToDate() {
        for (int i = 0; i < 5; i++) {
            hub.append(Channel.ALERTS);
            hub.append(Channel.FILE_EVENTS);
        }
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE));
        hub.settle();
        wire.resumes(hub.journal.epoch(), 5, 0, 2, "alerts", "file_events");
        soon().untilAsserted(() -> assertThat(wire.socket().frames("resumed")).hasSize(1));
        hub.append(Channel.ALERTS);

        soon().untilAsserted(() -> assertThat(wire.socket().positions()).hasSize(7));
        assertThat(wire.socket().positions()).containsExactly(4L, 6L, 7L, 8L, 9L, 10L, 11L);
        JsonObject answer = wire.socket().frames().get(0);
        assertThat(answer.getInt("reply_to")).isEqualTo(1);
        JsonObject data = answer.getJsonObject("data");
        assertThat(data.getString("outcome")).isEqualTo("complete");
        assertThat(data.getInt("replayed")).isEqualTo(6);
        assertThat(data.getString("epoch")).isEqualTo(hub.journal.epoch());
        assertThat(data.getJsonArray("missed")).isEmpty();
        assertThat(wire.socket().frames("note"))
                .extracting(frame -> frame.getBoolean("replay", false))
                .containsExactly(true, true, true, true, true, true, false);
        assertThat(wire.socket().frames("snapshot")).isEmpty();
    }

    @Test
    @DisplayName("gets the state where it has missed too much")
    void getsTheState() {
        restart(new TestSettings().resumeMessages(3));
        for (int i = 0; i < 5; i++) {
            hub.append(Channel.ALERTS);
        }
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE));
        wire.resumes(hub.journal.epoch(), 1, 0, 0, "alerts");

        soon().untilAsserted(() -> assertThat(wire.socket().frames("snapshot")).hasSize(1));
        JsonObject data = wire.socket().frames("resumed").get(0).getJsonObject("data");
        assertThat(data.getString("outcome")).isEqualTo("snapshot");
        assertThat(data.getInt("replayed")).isZero();
        assertThat(wire.socket().positions()).isEmpty();
    }

    @Test
    @DisplayName("is told exactly what is lost, and gets the rest and the state")
    void isToldWhatIsLost() {
        restart(new TestSettings().journalBytes(1_000));
        for (int i = 0; i < 100; i++) {
            hub.append(Channel.ALERTS);
        }
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE));
        wire.resumes(hub.journal.epoch(), 10, 0, 0, "alerts");

        soon().untilAsserted(() -> assertThat(wire.socket().frames("snapshot")).hasSize(1));
        JsonObject data = wire.socket().frames("resumed").get(0).getJsonObject("data");
        assertThat(data.getString("outcome")).isEqualTo("gap");
        JsonObject missed = data.getJsonArray("missed").getJsonObject(0);
        assertThat(missed.getString("channel")).isEqualTo("alerts");
        assertThat(missed.getInt("from_seq")).isEqualTo(11);
        assertThat(missed.getString("reason")).isEqualTo("retention");
        long firstKept = wire.socket().positions().get(0);
        assertThat(missed.getInt("to_seq")).isEqualTo(firstKept - 1);
        assertThat(missed.getInt("count")).isEqualTo(firstKept - 11);
        assertThat(wire.socket().positions())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(firstKept, 100).boxed().toList());
    }

    @Test
    @DisplayName("from another epoch is told that nothing can be said, and gets the state")
    void comesFromAnotherEpoch() {
        hub.append(Channel.ALERTS);
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE));
        wire.resumes("another", 99, 99, 99, "alerts", "topic:x");

        soon().untilAsserted(() -> assertThat(wire.socket().frames("snapshot")).hasSize(2));
        JsonObject data = wire.socket().frames("resumed").get(0).getJsonObject("data");
        assertThat(data.getString("outcome")).isEqualTo("gap");
        assertThat(data.getJsonArray("missed")).hasSize(2);
        JsonObject missed = data.getJsonArray("missed").getJsonObject(0);
        assertThat(missed.getString("reason")).isEqualTo("epoch");
        assertThat(missed).doesNotContainKeys("from_seq", "to_seq", "count");
    }

    @Test
    @DisplayName("with a cursor from the future is refused, and may say it better")
    void comesFromTheFuture() {
        hub.append(Channel.ALERTS);
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE));
        wire.resumes(hub.journal.epoch(), 2, 0, 0, "alerts");
        soon().untilAsserted(() -> assertThat(wire.socket().frames("error")).hasSize(1));
        wire.resumes(hub.journal.epoch(), 0, 0, 0, "alerts");

        soon().untilAsserted(() -> assertThat(wire.socket().positions()).containsExactly(1L));
        assertThat(wire.socket().frames("error").get(0).getJsonObject("data").getString("field"))
                .isEqualTo("data.cursor");
    }

    @Test
    @DisplayName("does so once")
    void resumesOnce() {
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE));
        wire.resumes(hub.journal.epoch(), 0, 0, 0, "alerts");
        wire.resumes(hub.journal.epoch(), 0, 0, 0, "alerts");

        soon().untilAsserted(() -> assertThat(wire.socket().frames("error")).hasSize(1));
        assertThat(wire.socket().frames("error").get(0).getJsonObject("data").getString("code"))
                .isEqualTo("already_resumed");
        soon().untilAsserted(() -> assertThat(wire.socket().frames("resumed")).hasSize(1));
    }

    @Test
    @DisplayName("is told which channels it may not have")
    void isRefusedChannels() {
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE));
        wire.resumes(hub.journal.epoch(), 0, 0, 0, "alerts", "gpu", "no such");

        soon().untilAsserted(() -> assertThat(wire.socket().frames("resumed")).hasSize(1));
        JsonObject data = wire.socket().frames("resumed").get(0).getJsonObject("data");
        assertThat(data.getJsonArray("refused")).hasSize(2);
        assertThat(data.getJsonArray("channels")).hasSize(1);
    }

    @Test
    @DisplayName("and does not say what it has gets the state after a while")
    void saysNothing() {
        restart(new TestSettings().resumeWait(Duration.ofMillis(50)));
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE), "alerts");

        soon().untilAsserted(() -> assertThat(wire.socket().frames("snapshot")).hasSize(1));
        hub.append(Channel.ALERTS);
        soon().untilAsserted(() -> assertThat(wire.socket().positions()).containsExactly(1L));
    }

    @Test
    @DisplayName("and asks for something else gets the state first")
    void asksForSomethingElse() {
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE), "alerts");
        wire.says("{\"type\":\"ping\"}");

        soon().untilAsserted(() -> assertThat(wire.socket().frames("snapshot")).hasSize(1));
        assertThat(wire.socket().frames("pong")).hasSize(1);
    }

    @Test
    @DisplayName("for a single channel gets what came behind the number it has, and no state")
    void asksForASingleChannel() {
        for (int i = 0; i < 5; i++) {
            hub.append(Channel.named("topic:x"));
        }
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribesAfter("topic:x", 3);
        hub.settle();
        hub.append(Channel.named("topic:x"));

        soon().untilAsserted(() -> assertThat(wire.socket().positions()).containsExactly(4L, 5L, 6L));
        assertThat(wire.socket().frames("snapshot")).isEmpty();
    }

    @Test
    @DisplayName("for a single channel is told what of it is lost")
    void asksForWhatIsLost() {
        restart(new TestSettings().journalBytes(1_000));
        for (int i = 0; i < 100; i++) {
            hub.append(Channel.named("topic:x"));
        }
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribesAfter("topic:x", 3);

        soon().untilAsserted(() -> assertThat(wire.socket().positions()).contains(100L));
        JsonObject gap = wire.socket().frames("gap").get(0).getJsonObject("data");
        assertThat(gap.getInt("from_seq")).isEqualTo(4);
        assertThat(gap.getInt("to_seq")).isEqualTo(wire.socket().positions().get(0) - 1);
        assertThat(gap.getString("reason")).isEqualTo("expired");
    }

    @Test
    @DisplayName(
            "for a single channel is told of every hole, also before and behind what was kept for those who come later")
    void asksForWhatIsLostInBetween() {
        restart(new TestSettings().journalBytes(1_000));
        Channel topic = Channel.named("topic:x");
        hub.append(topic);
        hub.journal.append(Draft.to(topic, "note", Map.of()).keptFor(Duration.ofHours(1)));
        for (int i = 3; i <= 9; i++) {
            hub.append(topic);
        }
        for (int i = 0; i < 100; i++) {
            hub.append(Channel.FILE_EVENTS);
        }
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribesAfter("topic:x", 0);

        soon().untilAsserted(() -> assertThat(wire.socket().frames("gap")).hasSize(2));
        assertThat(wire.socket().frames().stream().skip(1).map(ResumeTest::told))
                .containsExactly("1-1", "2", "3-9");
    }

    /** The range of a gap, or the number of a message. */
    private static String told(JsonObject frame) {
        return frame.getString("type").equals("gap")
                ? frame.getJsonObject("data").getInt("from_seq") + "-"
                        + frame.getJsonObject("data").getInt("to_seq")
                : String.valueOf(frame.getInt("seq"));
    }

    @Test
    @DisplayName("for a single channel gets nothing of it twice, though some of it waits for another subscription")
    void asksForWhatWaits() {
        FakeSocket stalled = hub.socket(Mode.HELD);
        Wire wire = hub.connect(stalled, "all_conversations");
        Channel conversation = Channel.conversation("a");
        for (int i = 0; i < 5; i++) {
            hub.append(conversation, Channel.ALL_CONVERSATIONS);
        }
        hub.settle();
        wire.subscribesAfter(conversation.name(), 1);
        hub.settle();
        stalled.become(Mode.AT_ONCE);
        stalled.release();

        soon().untilAsserted(() -> assertThat(wire.socket().positions()).containsExactly(1L, 2L, 3L, 4L, 5L));
        hub.append(conversation, Channel.ALL_CONVERSATIONS);
        soon().untilAsserted(() -> assertThat(wire.socket().positions()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L));
    }

    @Test
    @DisplayName(
            "with a rate gets the state instead of more than that lets through before what is live has waited too long")
    void hasMissedTooMuchForItsRate() {
        restart(new TestSettings().queueAge(Duration.ofSeconds(2)));
        hub.limitRate(10);
        Channel topic = Channel.named("topic:x");
        for (int i = 0; i < 21; i++) {
            hub.append(topic);
        }
        Wire more = hub.reconnect(hub.socket(Mode.AT_ONCE));
        more.resumes(hub.journal.epoch(), 0, 0, 0, topic.name());
        Wire enough = hub.reconnect(hub.socket(Mode.AT_ONCE));
        enough.resumes(hub.journal.epoch(), 0, 1, 0, topic.name());
        Wire after = hub.connect(hub.socket(Mode.AT_ONCE));
        after.subscribesAfter(topic.name(), 0);

        soon().untilAsserted(() -> assertThat(more.socket().frames("snapshot")).hasSize(1));
        soon().untilAsserted(() -> assertThat(after.socket().frames("snapshot")).hasSize(1));
        soon().untilAsserted(() -> assertThat(enough.socket().positions()).hasSize(20));
        assertThat(more.socket().positions()).isEmpty();
        assertThat(after.socket().positions()).isEmpty();
    }

    @Test
    @DisplayName("after too much is told of what is lost, and gets what was kept for those who come later")
    void hasMissedTooMuch() {
        restart(new TestSettings().resumeMessages(3));
        Channel topic = Channel.named("topic:x");
        hub.journal.append(Draft.to(topic, "note", Map.of()).keptFor(Duration.ofHours(1)));
        hub.journal.append(Draft.to(topic, "note", Map.of()).keptFor(Duration.ofHours(1)));
        for (int i = 0; i < 10; i++) {
            hub.append(topic);
        }
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE));
        wire.resumes(hub.journal.epoch(), 0, 1, 0, topic.name());

        soon().untilAsserted(() -> assertThat(wire.socket().frames("snapshot")).hasSize(1));
        JsonObject resumed = wire.socket().frames("resumed").get(0).getJsonObject("data");
        assertThat(resumed.getString("outcome")).isEqualTo("snapshot");
        // the first, too, which it had: it begins anew
        assertThat(resumed.getInt("replayed")).isEqualTo(2);
        assertThat(wire.socket().positions()).containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("for a single channel with a number from the future, or for a view, is refused that channel")
    void asksForTheFuture() {
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribesAfter("topic:x", 3);
        wire.subscribesAfter("project_updates", 0);

        soon().untilAsserted(
                        () -> assertThat(wire.socket().frames("subscribed")).hasSize(2));
        assertThat(wire.socket().frames("subscribed")).allSatisfy(frame -> {
            JsonObject data = frame.getJsonObject("data");
            assertThat(data.getJsonArray("channels")).isEmpty();
            assertThat(data.getJsonArray("refused").getJsonObject(0).getString("code"))
                    .isEqualTo("invalid_field");
        });
        assertThat(hub.census().subscriptions()).isZero();
    }

    @Test
    @DisplayName("or comes for the first time gets what was kept for those who come later")
    void getsWhatWasKept() {
        hub.journal.append(Draft.to(Channel.named("topic:x"), "note", Map.of()).keptFor(Duration.ofHours(1)));
        hub.journal.append(Draft.to(Channel.named("topic:x"), "note", Map.of()));
        hub.journal.append(Draft.toEveryone("note", Map.of()).keptFor(Duration.ofHours(1)));
        Wire later = hub.connect(hub.socket(Mode.AT_ONCE));
        later.subscribes("topic:x");
        Wire other = hub.reconnect(hub.socket(Mode.AT_ONCE), "alerts");
        other.says("{\"type\":\"ping\"}");

        soon().untilAsserted(() -> assertThat(later.socket().positions()).containsExactly(1L));
        soon().untilAsserted(() -> assertThat(other.socket().positions()).containsExactly(3L));
        assertThat(later.socket().frames("note").get(0).getBoolean("replay")).isTrue();
    }

    @Test
    @DisplayName("gets what is for everyone once, when it comes between the connection and the resume, too")
    void getsOnceWhatIsForEveryone() {
        hub.append(Channel.EVERYONE);
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE));
        hub.settle();
        hub.append(Channel.EVERYONE);
        wire.resumes(hub.journal.epoch(), 0, 0, 0, "alerts");
        soon().untilAsserted(() -> assertThat(wire.socket().frames("resumed")).hasSize(1));
        hub.append(Channel.EVERYONE);

        soon().untilAsserted(() -> assertThat(wire.socket().positions()).containsExactly(1L, 2L, 3L));
    }

    @Test
    @DisplayName("only when it is served already gets nothing a second time")
    void resumesLate() {
        hub.append(Channel.ALERTS);
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");
        hub.settle();
        hub.append(Channel.ALERTS);
        hub.append(Channel.FILE_EVENTS);
        hub.settle();
        wire.resumes(hub.journal.epoch(), 0, 0, 0, "alerts", "file_events");
        soon().untilAsserted(() -> assertThat(wire.socket().frames("resumed")).hasSize(1));
        hub.append(Channel.ALERTS);

        soon().untilAsserted(() -> assertThat(wire.socket().positions()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L));
    }

    /** 40, or as many as there is time for. */
    static LongStream seeds() {
        long first = System.nanoTime();
        long until = first
                + Duration.parse(System.getProperty("observatory.random.time")).toNanos();
        return LongStream.iterate(first, seed -> seed < first + 40 || System.nanoTime() < until, seed -> seed + 1);
    }

    @ParameterizedTest(name = "{displayName}: seed {0}")
    @DisplayName("as often as it likes has every number of its channels in the end, or was told that it is lost")
    @MethodSource("seeds")
    void losesNothing(long seed) {
        Random random = new Random(seed);
        restart(new TestSettings()
                .journalBytes(random.nextBoolean() ? 1 << 20 : 3_000)
                .resumeMessages(random.nextBoolean() ? 10_000 : 40));
        List<Channel> channels =
                List.of(Channel.ALERTS, Channel.conversation("a"), Channel.named("topic:x"), Channel.FILE_EVENTS);
        Map<Channel, List<Long>> sent = new HashMap<>();
        channels.forEach(channel -> sent.put(channel, new ArrayList<>()));
        Reader reader = new Reader(sent);
        for (int round = 0; round < 30; round++) {
            Wire wire = hub.reconnect(hub.socket(random.nextBoolean() ? Mode.AT_ONCE : Mode.LATER));
            append(random.nextInt(3), channels, sent, random);
            wire.resumes(
                    hub.journal.epoch(),
                    reader.cursor(Priority.HIGH),
                    reader.cursor(Priority.NORMAL),
                    reader.cursor(Priority.LOW),
                    channels.stream().map(Channel::name).toArray(String[]::new));
            append(random.nextInt(20), channels, sent, random);
            if (random.nextInt(4) > 0) {
                soon().until(() -> !wire.socket().frames("resumed").isEmpty());
                append(random.nextInt(10), channels, sent, random);
            }
            wire.inbound().closed();
            hub.settle();
            soon().until(() -> hub.ended.contains(wire.id()));
            reader.read(wire.socket().frames());
            append(random.nextInt(random.nextInt(5) == 0 ? 100 : 10), channels, sent, random);
        }
        Wire last = hub.reconnect(hub.socket(Mode.AT_ONCE));
        last.resumes(
                hub.journal.epoch(),
                reader.cursor(Priority.HIGH),
                reader.cursor(Priority.NORMAL),
                reader.cursor(Priority.LOW),
                channels.stream().map(Channel::name).toArray(String[]::new));
        hub.settle();
        soon().until(() -> !last.socket().frames("resumed").isEmpty());
        hub.settle();
        reader.read(last.socket().frames());

        for (Channel channel : channels) {
            assertThat(reader.accounted(channel))
                    .as("%s, seed %d", channel, seed)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, sent.get(channel).size())
                                    .boxed()
                                    .toList());
        }
    }

    private void append(int count, List<Channel> channels, Map<Channel, List<Long>> sent, Random random) {
        for (int i = 0; i < count; i++) {
            Channel channel = channels.get(random.nextInt(channels.size()));
            sent.get(channel).add(hub.append(channel).pos());
        }
    }

    /**
     * A client that writes down what it gets, by the rules of the protocol: its cursor goes on with every message, and
     * with states only when all of them have come.
     */
    private static final class Reader {

        /** What was sent in each channel: the pos of every number. */
        private final Map<Channel, List<Long>> sent;

        private final Map<Priority, Long> cursors = new EnumMap<>(Priority.class);
        private final Map<Channel, TreeSet<Long>> received = new HashMap<>();
        private final Map<Channel, TreeSet<Long>> accounted = new HashMap<>();

        Reader(Map<Channel, List<Long>> sent) {
            this.sent = sent;
            sent.keySet().forEach(channel -> {
                received.put(channel, new TreeSet<>());
                accounted.put(channel, new TreeSet<>());
            });
        }

        long cursor(Priority priority) {
            return cursors.getOrDefault(priority, 0L);
        }

        void read(List<JsonObject> frames) {
            Map<Channel, Long> states = new HashMap<>();
            for (JsonObject frame : frames) {
                JsonObject data = frame.getJsonObject("data");
                if (frame.getString("type").equals("resumed")) {
                    data.getJsonArray("missed")
                            .getValuesAs(JsonObject.class)
                            .forEach(missed -> accounted
                                    .get(Channel.named(missed.getString("channel")))
                                    .addAll(LongStream.rangeClosed(missed.getInt("from_seq"), missed.getInt("to_seq"))
                                            .boxed()
                                            .toList()));
                } else if (frame.getString("type").equals("snapshot")) {
                    states.put(Channel.named(data.getString("channel")), (long) frame.getInt("pos"));
                } else if (frame.containsKey("seq")) {
                    read(frame);
                }
            }
            if (states.size() == sent.size()) {
                states.forEach(this::readState);
                Map<Priority, Long> least = new EnumMap<>(Priority.class);
                states.forEach((channel, pos) -> least.merge(channel.priority(), pos, Math::min));
                least.forEach((priority, pos) -> cursors.merge(priority, pos, Math::max));
            }
        }

        private void read(JsonObject message) {
            Channel channel = Channel.named(message.getString("channel"));
            long seq = message.getInt("seq");
            TreeSet<Long> before = received.get(channel);
            assertThat(before.isEmpty() || before.last() < seq)
                    .as("%s comes once and in order", message)
                    .isTrue();
            before.add(seq);
            accounted.get(channel).add(seq);
            cursors.merge(channel.priority(), (long) message.getInt("pos"), Math::max);
        }

        /** What the state up to there stands for. */
        private void readState(Channel channel, long pos) {
            long seq = sent.get(channel).stream().filter(other -> other <= pos).count();
            LongStream.rangeClosed(1, seq).forEach(accounted.get(channel)::add);
        }

        TreeSet<Long> accounted(Channel channel) {
            return accounted.get(channel);
        }
    }
}
