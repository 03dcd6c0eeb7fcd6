package dev.observatory.hub;

import static dev.observatory.hub.TestHub.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.hub.SnapshotSource.State;
import dev.observatory.hub.TestHub.Wire;
import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Much of the past, in the midst of what is live. */
@DisplayName("The past")
class PastTest {

    private static final Channel TOPIC = Channel.named("topic:x");

    private final ManualExecutor background = new ManualExecutor();
    private TestHub hub;

    @AfterEach
    void close() {
        hub.close();
    }

    private void start(TestSettings settings, SnapshotSource... sources) {
        hub = new TestHub(settings, 1, background, List.of(sources));
    }

    private void append(int count, Channel channel, Channel... views) {
        for (int i = 0; i < count; i++) {
            hub.append(channel, views);
        }
        hub.settle();
    }

    private void keep(int count, Channel channel) {
        for (int i = 0; i < count; i++) {
            hub.journal.append(Draft.to(channel, "note", Map.of()).keptFor(Duration.ofHours(1)));
        }
        hub.settle();
    }

    /** Lets what is fetched come, one thing after the other. */
    private void fetch() {
        hub.settle();
        while (background.waiting() > 0) {
            background.runNext();
            hub.settle();
        }
    }

    /** What came, in short: numbers of messages, r before replays, gaps with their ranges, and types of all else. */
    private static List<String> told(Wire wire) {
        List<String> all = new ArrayList<>();
        for (JsonObject frame : wire.socket().frames()) {
            String type = frame.getString("type");
            if (type.equals("gap")) {
                JsonObject gap = frame.getJsonObject("data");
                all.add("gap " + gap.getInt("from_seq") + "-" + gap.getInt("to_seq") + " " + gap.getString("reason"));
            } else if (frame.containsKey("seq")) {
                all.add((frame.getBoolean("replay", false) ? "r" : "") + frame.getInt("seq"));
            } else {
                all.add(type);
            }
        }
        return all;
    }

    private static String[] conversations(int count) {
        return IntStream.range(0, count).mapToObj(i -> "conversation:c" + i).toArray(String[]::new);
    }

    private static SnapshotSource constant(Object item, int count) {
        State state = new State(Collections.nCopies(count, item), 0);
        return (channel, reader) -> Optional.of(state);
    }

    @Test
    @DisplayName("is told before the gap of what waited for it and had to go")
    void comesBeforeItsGaps() {
        start(new TestSettings().queueMessages(10));
        append(5, TOPIC);
        Wire after = hub.connect(hub.socket(Mode.AT_ONCE));
        after.subscribesAfter(TOPIC.name(), 0);
        Wire resumed = hub.reconnect(hub.socket(Mode.AT_ONCE));
        resumed.resumes(hub.journal.epoch(), 0, 1, 0, TOPIC.name());
        hub.settle();
        append(11, TOPIC);
        fetch();

        assertThat(told(after))
                .containsExactly(
                        "subscribed", "r1", "r2", "r3", "r4", "r5", "snapshot", "gap 6-15 slow_consumer", "16");
        assertThat(told(resumed))
                .containsExactly("resumed", "r2", "r3", "r4", "r5", "snapshot", "gap 6-15 slow_consumer", "16");
    }

    @Test
    @DisplayName("behind a number is all that comes of a channel: neither what waited of it before, nor its gaps")
    void replacesWhatWaited() {
        start(new TestSettings().queueMessages(4));
        Channel conversation = Channel.conversation("a");
        Wire wire = hub.connect(hub.socket(Mode.HELD), "all_conversations");
        append(6, conversation, Channel.ALL_CONVERSATIONS);

        // the client has 1 to 4 of history
        wire.subscribesAfter(conversation.name(), 4);
        hub.settle();
        wire.socket().become(Mode.AT_ONCE);
        wire.socket().release();
        hub.settle();
        fetch();

        assertThat(told(wire)).contains("r5", "r6").doesNotContain("2", "3", "4", "5", "6");
        assertThat(told(wire)).noneMatch(frame -> frame.startsWith("gap") && frame.contains("-6"));
    }

    @Test
    @DisplayName("may be more than what may be queued: a client that reads it is not slow")
    void mayBeMuch() {
        start(new TestSettings().queueBytes(1 << 18).queueMessages(50), constant("x".repeat(1_000), 20));
        Wire wire = hub.connect(hub.socket(Mode.LATER));
        wire.subscribes(conversations(150));
        hub.settle();
        background.runNext();

        soon().until(() -> wire.socket().frames("snapshot").size() == 150);
        assertThat(wire.socket().closes()).isEmpty();
    }

    @Test
    @DisplayName("is fetched one thing after the other, in the order of the commands")
    void comesInOrder() {
        start(new TestSettings(), constant("s", 1));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribes("conversation:a");
        wire.says("{\"type\":\"history\",\"id\":7,\"data\":{\"channel\":\"conversation:a\"}}");
        wire.subscribes("conversation:b");
        hub.settle();
        assertThat(background.waiting()).isEqualTo(1);
        fetch();

        assertThat(told(wire)).containsExactly("subscribed", "subscribed", "snapshot", "history", "snapshot");
    }

    @Test
    @DisplayName("is fetched only when the client has been sent what was fetched before")
    void waitsForTheClient() {
        start(new TestSettings(), constant("s", 1));
        Wire wire = hub.connect(hub.socket(Mode.HELD));
        wire.subscribes("conversation:a");
        wire.subscribes("conversation:b");
        hub.settle();
        background.runNext();
        hub.settle();
        assertThat(background.waiting()).isZero();

        wire.socket().become(Mode.AT_ONCE);
        wire.socket().release();
        hub.settle();

        assertThat(background.waiting()).isEqualTo(1);
    }

    @Test
    @DisplayName("is refused when too many commands wait for it")
    void isBounded() {
        start(new TestSettings().maxPending(3));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        for (int i = 0; i < 5; i++) {
            wire.subscribes("topic:" + i);
        }
        wire.says("{\"type\":\"history\",\"id\":7,\"data\":{\"channel\":\"topic:0\"}}");
        hub.settle();

        assertThat(told(wire))
                .containsExactly("subscribed", "subscribed", "subscribed", "subscribed", "error", "error");
        JsonObject error = wire.socket().frames("error").get(1);
        assertThat(error.getInt("reply_to")).isEqualTo(7);
        assertThat(error.getJsonObject("data").getString("code")).isEqualTo("rate_limited");
        assertThat(error.getJsonObject("data").getString("message")).contains("3 commands");
        fetch();
        assertThat(wire.socket().frames("snapshot")).hasSize(4);
    }

    @Test
    @DisplayName("is not fetched any more for who is gone")
    void endsWithTheConnection() {
        AtomicInteger fetched = new AtomicInteger();
        start(new TestSettings(), (channel, reader) -> {
            fetched.incrementAndGet();
            return Optional.empty();
        });
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        for (int i = 0; i < 10; i++) {
            wire.subscribes(conversations(200));
        }
        hub.settle();
        wire.inbound().closed();
        hub.settle();
        fetch();

        assertThat(fetched).hasValue(0);
    }

    @Test
    @DisplayName("of a channel that was left meanwhile is not sent, waiting or still to be fetched")
    void isLeft() {
        start(new TestSettings());
        append(3, TOPIC);
        String leave = "{\"type\":\"unsubscribe\",\"data\":{\"channels\":[\"topic:x\"]}}";
        Wire fetching = hub.connect(hub.socket(Mode.AT_ONCE));
        fetching.subscribesAfter(TOPIC.name(), 0);
        fetching.says(leave);
        Wire waiting = hub.connect(hub.socket(Mode.HELD));
        waiting.says("{\"type\":\"status\"}");
        waiting.subscribesAfter(TOPIC.name(), 0);
        fetch();
        waiting.says(leave);
        hub.settle();
        waiting.socket().become(Mode.AT_ONCE);
        waiting.socket().release();
        hub.settle();

        assertThat(told(fetching)).containsExactly("subscribed", "unsubscribed");
        assertThat(told(waiting)).containsExactly("status", "subscribed", "unsubscribed");
        append(1, Channel.ALERTS);
        waiting.subscribes("alerts");
        fetch();
        assertThat(told(waiting)).as("goes on").endsWith("subscribed", "snapshot");
    }

    @Test
    @DisplayName("of one channel that fails costs neither the answer to resume nor the state of another")
    void failsInPart() {
        start(new TestSettings(), (channel, reader) -> {
            if (channel.equals(Channel.ALERTS)) {
                throw new AssertionError("no database");
            }
            return Optional.of(new State(List.of("s"), 0));
        });
        keep(1, TOPIC);
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE));
        wire.resumes("another", 1, 1, 1, "alerts", "file_events", TOPIC.name());
        fetch();

        assertThat(told(wire)).containsExactly("resumed", "r1", "error", "snapshot", "snapshot");
    }

    @Test
    @DisplayName("that is too much behind a number is told as left out, but for what is kept for those who come later")
    void isTooMuch() {
        start(new TestSettings().resumeMessages(20));
        append(1, TOPIC);
        keep(1, TOPIC);
        append(30, TOPIC);
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribesAfter(TOPIC.name(), 0);
        hub.settle();
        append(2, TOPIC);
        fetch();

        assertThat(told(wire))
                .containsExactly(
                        "subscribed", "snapshot", "gap 1-1 slow_consumer", "r2", "gap 3-32 slow_consumer", "33", "34");
    }

    @Test
    @DisplayName("of several channels together is no more than of one")
    void isBoundedOverChannels() {
        start(new TestSettings().resumeMessages(25));
        Channel other = Channel.named("topic:y");
        append(20, TOPIC);
        append(20, other);
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.says("{\"type\":\"subscribe\",\"data\":{\"channels\":[\"topic:x\",\"topic:y\"],"
                + "\"after\":{\"topic:x\":0,\"topic:y\":0}}}");
        fetch();

        assertThat(wire.socket().frames("note")).hasSize(20);
        assertThat(wire.socket().frames("snapshot")).hasSize(1);
        assertThat(told(wire)).contains("gap 1-20 slow_consumer");
    }

    @Test
    @DisplayName(
            "that was kept is bounded by a connection's rate, which is told, and most answers do not wait behind it")
    void isBoundedByTheRate() {
        start(new TestSettings().queueAge(Duration.ofSeconds(4)));
        keep(300, TOPIC);
        hub.limitRate(10);
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribes(TOPIC.name(), "alerts");
        fetch();
        // 20 may be sent at once, so others wait
        append(1, TOPIC);
        append(1, Channel.ALERTS);
        wire.says("{\"type\":\"ping\"}");
        wire.says("{\"type\":\"status\"}");
        hub.settle();

        assertThat(told(wire)).startsWith("subscribed", "snapshot", "snapshot", "gap 1-260 rate_limit", "r261");
        soon().until(() -> told(wire).contains("301"));
        assertThat(told(wire)).endsWith("r300", "pong", "1", "301");
        assertThat(told(wire).indexOf("status")).isLessThan(told(wire).indexOf("r300"));
    }

    @Test
    @DisplayName("that is lost or too much never includes what comes by itself")
    void endsWhereWhatIsLiveBegins() {
        start(new TestSettings().resumeMessages(20).journalBytes(3_000));
        Channel other = Channel.named("topic:y");
        append(3, TOPIC);
        append(30, other);
        Wire gone = hub.connect(hub.socket(Mode.AT_ONCE));
        gone.subscribesAfter(TOPIC.name(), 3);
        Wire lost = hub.connect(hub.socket(Mode.AT_ONCE));
        lost.subscribesAfter(other.name(), 0);
        hub.settle();
        // more than the journal has room for, and more than may be sent
        append(40, TOPIC);
        append(40, other);
        fetch();

        assertThat(told(gone)).startsWith("subscribed", "4").endsWith("43").hasSize(41);
        assertThat(told(lost))
                .startsWith("subscribed", "gap 1-30 expired", "31")
                .endsWith("70");
    }

    @Test
    @DisplayName("that was asked for twice behind a number comes once")
    void comesOnce() {
        start(new TestSettings());
        append(5, TOPIC);
        Wire wire = hub.connect(hub.socket(Mode.HELD));
        wire.says("{\"type\":\"status\"}");
        wire.subscribesAfter(TOPIC.name(), 0);
        fetch();
        wire.subscribesAfter(TOPIC.name(), 0);
        hub.settle();
        wire.socket().become(Mode.AT_ONCE);
        wire.socket().release();
        fetch();

        assertThat(wire.socket().positions()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    @DisplayName("that takes the server long does not close a client that reads, however much waits for it")
    void takesLong() {
        start(new TestSettings().queueMessages(10));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), TOPIC.name());
        for (int i = 0; i < 5; i++) {
            wire.subscribes("alerts");
        }
        hub.settle();
        for (int i = 0; i < 6; i++) {
            append(11, TOPIC);
            background.runNext();
            hub.settle();
        }
        fetch();

        assertThat(wire.socket().closes()).isEmpty();
        assertThat(told(wire)).anyMatch(frame -> frame.startsWith("gap"));
        append(1, TOPIC);
        assertThat(told(wire)).endsWith("67");
    }

    @Test
    @DisplayName("that is the state of everything waits once, whatever it is wanted for")
    void waitsOnce() {
        start(new TestSettings(), constant("s", 1));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "all_conversations");
        wire.says("{\"type\":\"history\",\"data\":{\"channel\":\"topic:x\"}}");
        hub.settle();
        for (String project : List.of("a", "b", "c", "d")) {
            wire.connection().loop().execute(() -> wire.connection().renew(People.seeing(project)));
        }
        fetch();

        assertThat(told(wire)).containsExactly("history", "snapshot");
    }

    @Test
    @DisplayName(
            "K6.3 that had to go for want of room is told in its place to who comes later, and to nobody who has had it")
    void tellsWhatHadToGo() {
        Channel user = Channel.named("user:ann");
        start(new TestSettings());
        Wire there = hub.connect(hub.socket(Mode.AT_ONCE), user.name());
        Map<String, String> megabyte = Map.of("text", "x".repeat(1 << 20));
        for (int i = 0; i < 20; i++) {
            hub.journal.append(Draft.to(user, "note", megabyte).keptFor(Duration.ofHours(1)));
        }
        keep(1, user);
        Wire later = hub.connect(hub.socket(Mode.AT_ONCE));
        later.subscribes(user.name());
        there.subscribes(user.name());
        fetch();

        long kept = hub.journal.kept((home, views) -> home.equals(user)).get(0).seq();
        assertThat(kept).isGreaterThan(1);
        assertThat(told(later).subList(2, 4))
                .containsExactly("gap 1-" + (kept - 1) + " expired", "gap " + kept + "-17 slow_consumer");
        assertThat(told(later)).endsWith("r20", "r21");
        assertThat(there.socket().frames("gap")).isEmpty();
    }

    @Test
    @DisplayName("that is kept comes again to a client that begins anew because something is lost")
    void keepsWhatIsKept() {
        start(new TestSettings().journalBytes(1_000));
        keep(1, TOPIC);
        append(30, Channel.named("topic:lossy"));
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE));
        wire.resumes(hub.journal.epoch(), 0, 1, 0, TOPIC.name(), "topic:lossy");
        fetch();

        JsonObject resumed = wire.socket().frames("resumed").get(0).getJsonObject("data");
        assertThat(resumed.getString("outcome")).isEqualTo("gap");
        assertThat(wire.socket().positions()).startsWith(1L).doesNotHaveDuplicates();
    }
}
