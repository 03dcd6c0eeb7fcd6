package dev.observatory.hub;

import static dev.observatory.hub.TestHub.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.auth.token.Identity;
import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.hub.SnapshotSource.State;
import dev.observatory.hub.TestHub.Wire;
import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.Subprotocol;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A catch-up")
class CatchUpTest {

    private static final List<Channel> CONVERSATIONS =
            List.of(Channel.conversation("a"), Channel.conversation("b"), Channel.conversation("c"));

    private final ManualExecutor background = new ManualExecutor();
    private TestHub hub;

    @AfterEach
    void close() {
        hub.close();
    }

    private void start(TestSettings settings, SnapshotSource... sources) {
        hub = new TestHub(settings, 1, background, List.of(sources));
    }

    @Test
    @DisplayName("sends the state first and then what happened meanwhile, also of channels that were live before")
    void sendsTheStateFirst() {
        start(new TestSettings(), (channel, reader) -> Optional.of(new State(List.of("state of " + channel), 2)));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "file_events");
        hub.append(Channel.FILE_EVENTS);
        wire.subscribes("alerts");
        hub.settle();
        hub.append(Channel.ALERTS);
        hub.append(Channel.FILE_EVENTS);
        hub.settle();
        assertThat(wire.socket().positions()).containsExactly(1L);

        background.runNext();
        hub.settle();
        hub.append(Channel.ALERTS);
        hub.settle();

        assertThat(wire.socket().positions()).containsExactly(1L, 2L, 3L, 4L);
        JsonObject snapshot = wire.socket().frames().get(2);
        assertThat(snapshot.getString("type")).isEqualTo("snapshot");
        assertThat(snapshot.getInt("pos")).isEqualTo(3);
        assertThat(snapshot.getJsonObject("data").getInt("omitted")).isEqualTo(2);
        assertThat(snapshot.getJsonObject("data").getJsonArray("items").getString(0))
                .isEqualTo("state of alerts");
    }

    @Test
    @DisplayName("asks the sources in turn, and says of a channel that none knows that there is nothing")
    void asksTheSourcesInTurn() {
        start(
                new TestSettings(),
                (channel, reader) -> Optional.empty(),
                (channel, reader) ->
                        Optional.of(new State(List.of("second"), 0)).filter(state -> channel.equals(Channel.ALERTS)),
                (channel, reader) ->
                        Optional.of(new State(List.of("third"), 0)).filter(state -> channel.equals(Channel.ALERTS)));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribes("alerts", "file_events");
        hub.settle();
        background.runNext();
        hub.settle();

        assertThat(wire.socket().frames("snapshot"))
                .extracting(frame ->
                        frame.getJsonObject("data").getJsonArray("items").toString())
                .containsExactly("[\"second\"]", "[]");
    }

    @Test
    @DisplayName("of a channel without state never claims to hold what is still to come as a message")
    void claimsNothing() {
        start(new TestSettings());
        hub.append(Channel.ALERTS);
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribes("alerts");
        hub.settle();
        hub.append(Channel.ALERTS);
        background.runNext();
        hub.settle();

        assertThat(wire.socket().frames("snapshot"))
                .extracting(frame -> frame.getInt("pos"))
                .containsExactly(1);
        assertThat(wire.socket().positions()).containsExactly(2L);
    }

    @Test
    @DisplayName("waits for the last of several that are under way at once")
    void waitsForTheLast() {
        start(new TestSettings());
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribes("alerts");
        wire.subscribes("file_events");
        hub.settle();
        hub.append(Channel.ALERTS);
        background.runNext();
        hub.settle();
        assertThat(wire.socket().frames("snapshot")).hasSize(1);
        assertThat(wire.socket().positions()).isEmpty();

        background.runNext();
        hub.settle();

        assertThat(wire.socket().frames("snapshot")).hasSize(2);
        assertThat(wire.socket().positions()).containsExactly(1L);
    }

    @Test
    @DisplayName("with a source that fails answers with an error, and the connection lives on")
    void survivesAFailingSource() {
        start(new TestSettings(), (channel, reader) -> {
            if (channel.equals(Channel.ALERTS)) {
                throw new IllegalStateException("no database");
            }
            return Optional.empty();
        });
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribes("alerts", "file_events");
        hub.settle();
        hub.append(Channel.ALERTS);
        background.runNext();
        hub.settle();

        assertThat(wire.socket().frames().stream().map(frame -> frame.getString("type")))
                .containsExactly("subscribed", "error", "snapshot", "note");
        assertThat(wire.socket().frames("error").get(0).getJsonObject("data").getString("code"))
                .isEqualTo("internal");
        assertThat(wire.socket().closes()).isEmpty();
    }

    @Test
    @DisplayName("that breaks off altogether does not hold messages back for ever")
    void endsWhateverHappens() {
        hub = new TestHub(
                new TestSettings(),
                1,
                task -> {
                    try {
                        task.run();
                    } catch (AssertionError e) {
                        assertThat(e).hasMessage("broken");
                    }
                },
                List.of((channel, reader) -> {
                    throw new AssertionError("broken");
                }));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribes("alerts");
        hub.settle();
        hub.append(Channel.ALERTS);
        hub.settle();

        assertThat(wire.socket().positions()).containsExactly(1L);
    }

    @Test
    @DisplayName("brings nothing of a channel that is not subscribed to any more")
    void bringsNothingOfWhatWasLeft() {
        start(new TestSettings());
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribes("alerts", "file_events");
        wire.says("{\"type\":\"unsubscribe\",\"data\":{\"channels\":[\"alerts\"]}}");
        hub.settle();
        background.runNext();
        hub.settle();

        assertThat(wire.socket().frames("snapshot"))
                .extracting(frame -> frame.getJsonObject("data").getString("channel"))
                .containsExactly("file_events");
    }

    @Test
    @DisplayName("that was begun with another token's rights brings no state, which the new one's follows")
    void bringsNothingOfOtherRights() {
        start(new TestSettings(), (channel, reader) -> Optional.of(new State(List.of(reader.name()), 0)));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribes("all_conversations");
        hub.settle();
        wire.connection().loop().execute(() -> wire.connection().renew(People.seeing("shop")));
        hub.settle();
        background.runNext();
        hub.settle();
        assertThat(wire.socket().frames("snapshot")).isEmpty();

        background.runNext();
        hub.settle();

        assertThat(wire.socket().frames("snapshot")).hasSize(1);
    }

    @Test
    @DisplayName("for which there is no thread is answered with an error, and messages go on")
    void findsNoThread() {
        hub = new TestHub(
                new TestSettings(),
                1,
                task -> {
                    throw new RejectedExecutionException("full");
                },
                List.of());
        Wire wire = hub.reconnect(hub.socket(Mode.AT_ONCE), "alerts");
        wire.says("{\"type\":\"ping\"}");
        hub.settle();
        hub.append(Channel.ALERTS);
        hub.settle();

        assertThat(wire.socket().frames("error")).hasSize(1);
        assertThat(wire.socket().positions()).containsExactly(1L);
        assertThat(wire.socket().closes()).isEmpty();
    }

    @Test
    @DisplayName("joins what waited for it with its gaps in their places")
    void keepsGapsInTheirPlaces() {
        start(new TestSettings().queueMessages(5));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribes("topic:x");
        hub.settle();
        for (String key : new String[] {"a", "b", "b", "b", "c", "d"}) {
            hub.journal.append(
                    Draft.to(Channel.named("topic:x"), "note", Map.of()).conflatedBy(key));
        }
        hub.settle();
        background.runNext();
        hub.settle();

        assertThat(wire.socket().frames().stream()
                        .filter(frame -> !frame.getString("type").equals("snapshot"))
                        .skip(1)
                        .map(frame -> frame.containsKey("seq")
                                ? String.valueOf(frame.getInt("seq"))
                                : frame.getString("type")))
                .containsExactly("1", "gap", "4", "5", "6");
    }

    @Test
    @DisplayName("ends with the connection: what was fetched for it goes nowhere")
    void endsWithTheConnection() {
        start(new TestSettings());
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        wire.subscribes("alerts");
        wire.says("{\"type\":\"history\",\"data\":{\"channel\":\"alerts\"}}");
        hub.settle();
        hub.append(Channel.ALERTS);
        wire.inbound().closed();
        hub.settle();
        background.runNext();
        background.runNext();
        hub.settle();

        assertThat(wire.socket().frames()).hasSize(1);
        assertThat(hub.census()).isEqualTo(HubCensus.EMPTY);
    }

    @Test
    @DisplayName("that takes too long costs what waits for it, which is announced, and the state is fetched once more")
    void boundsWhatWaits() {
        start(new TestSettings().queueMessages(10));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));
        Wire other = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");
        wire.subscribes("alerts");
        hub.settle();
        for (int i = 0; i < 11; i++) {
            hub.append(Channel.ALERTS);
        }
        hub.settle();
        background.runNext();
        hub.settle();
        background.runNext();
        hub.settle();

        JsonObject gap = wire.socket().frames("gap").get(0).getJsonObject("data");
        assertThat(gap.getInt("from_seq")).isEqualTo(1);
        assertThat(gap.getInt("to_seq")).isEqualTo(10);
        assertThat(gap.getString("reason")).isEqualTo("slow_consumer");
        assertThat(wire.socket().frames("snapshot")).hasSize(2);
        assertThat(wire.socket().positions()).containsExactly(11L);
        assertThat(wire.socket().closes()).isEmpty();
        assertThat(other.socket().positions())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 11).boxed().toList());
        assertThat(hub.census().queuedMessages()).isZero();
    }

    @Test
    @DisplayName("that never ends closes the connection once too much waits for it again")
    void endsWhatHangs() {
        start(new TestSettings().queueMessages(10));
        Wire wire = hub.connect(hub.socket(Mode.HELD));
        wire.subscribes("alerts");
        hub.settle();
        for (int i = 0; i < 30; i++) {
            hub.append(Channel.ALERTS);
        }

        soon().untilAsserted(() -> assertThat(wire.socket().closes()).containsExactly(CloseCode.SLOW_CONSUMER));
        assertThat(hub.census()).isEqualTo(HubCensus.EMPTY);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 150);
    }

    /** A small world in which things are stored before they are told, as everywhere in Observatory. */
    private final class World implements SnapshotSource {

        private final Random random;
        private final Map<Channel, Integer> stored = new ConcurrentHashMap<>();
        private final Map<Channel, Integer> told = new HashMap<>();
        private final List<Message> all = Collections.synchronizedList(new ArrayList<>());

        World(Random random) {
            this.random = random;
        }

        void store(Channel channel) {
            stored.merge(channel, 1, Integer::sum);
        }

        /** Tells what is stored and not told yet. */
        void tell(Channel channel) {
            while (told.getOrDefault(channel, 0) < stored.getOrDefault(channel, 0)) {
                int n = told.merge(channel, 1, Integer::sum);
                all.add(hub.journal.append(
                        new Draft("d", "note", channel, List.of(Channel.ALL_CONVERSATIONS), Map.of("n", n))));
            }
        }

        /** A slow source: the world goes on before and after it has looked. */
        @Override
        public Optional<State> state(Channel channel, Identity reader) {
            somethingMayHappen();
            Map<String, Integer> state = new HashMap<>();
            stored.forEach((conversation, n) -> {
                if (channel.equals(Channel.ALL_CONVERSATIONS) || channel.equals(conversation)) {
                    state.put(conversation.name(), n);
                }
            });
            somethingMayHappen();
            return Optional.of(new State(List.of(state), 0));
        }

        private void somethingMayHappen() {
            for (int i = random.nextInt(3); i > 0; i--) {
                Channel channel = CONVERSATIONS.get(random.nextInt(3));
                store(channel);
                if (random.nextBoolean()) {
                    tell(channel);
                }
            }
        }
    }

    @ParameterizedTest(name = "{displayName}: seed {0}")
    @DisplayName("leaves no hole and repeats nothing, whatever happens in whatever order")
    @MethodSource("seeds")
    void leavesNoHole(long seed) {
        Random random = new Random(seed);
        World world = new World(random);
        start(new TestSettings(), world);
        List<Channel> channels = new ArrayList<>(CONVERSATIONS);
        channels.add(Channel.ALL_CONVERSATIONS);
        Map<Wire, Set<Channel>> held = new HashMap<>();
        for (int i = 0; i < 3; i++) {
            Mode mode = random.nextBoolean() ? Mode.AT_ONCE : Mode.LATER;
            Subprotocol subprotocol = random.nextBoolean() ? Subprotocol.PLAIN : Subprotocol.V1;
            held.put(hub.connect(hub.socket(mode), subprotocol, 1), new HashSet<>());
        }
        List<Wire> wires = new ArrayList<>(held.keySet());
        for (int step = 0; step < 80; step++) {
            Channel channel = channels.get(random.nextInt(channels.size()));
            switch (random.nextInt(7)) {
                case 0, 1 -> {
                    Channel conversation = CONVERSATIONS.get(random.nextInt(3));
                    world.store(conversation);
                    world.tell(conversation);
                }
                case 2 -> world.store(CONVERSATIONS.get(random.nextInt(3)));
                case 3 -> {
                    Wire wire = wires.get(random.nextInt(wires.size()));
                    if (held.get(wire).add(channel)) {
                        wire.subscribes(channel.name());
                    }
                }
                case 4 -> background.runNext();
                case 5 -> hub.settle();
                default -> CONVERSATIONS.forEach(world::tell);
            }
        }
        CONVERSATIONS.forEach(world::tell);

        held.forEach((wire, subscriptions) -> soon().untilAsserted(() -> {
            background.runNext();
            CONVERSATIONS.forEach(world::tell);
            hub.settle();
            assertSawEverything(wire, subscriptions, world);
        }));
    }

    @Test
    @DisplayName("leaves no hole and repeats nothing when everything happens at once")
    void leavesNoHoleUnderConcurrency() throws Exception {
        World world = new World(new Random(7) {
            private static final long serialVersionUID = 1L;

            @Override
            public int nextInt(int bound) {
                Thread.yield();
                return 0;
            }
        });
        hub = new TestHub(new TestSettings(), 2, null, List.of(world));
        ExecutorService pool = Executors.newFixedThreadPool(4);
        CountDownLatch half = new CountDownLatch(500);
        List<Future<?>> done = new ArrayList<>();
        for (Channel channel : CONVERSATIONS) {
            done.add(pool.submit(() -> {
                for (int i = 0; i < 1_000; i++) {
                    world.store(channel);
                    synchronized (world) {
                        world.tell(channel);
                    }
                    half.countDown();
                }
            }));
        }
        Set<Channel> subscriptions = Set.of(CONVERSATIONS.get(0), CONVERSATIONS.get(1), Channel.ALL_CONVERSATIONS);
        List<Wire> wires = Collections.synchronizedList(new ArrayList<>());
        done.add(pool.submit(() -> {
            for (int i = 0; i < 30; i++) {
                Wire wire = hub.connect(hub.socket(i % 2 == 0 ? Mode.AT_ONCE : Mode.LATER), Subprotocol.V1, 1);
                wires.add(wire);
                subscriptions.forEach(channel -> wire.subscribes(channel.name()));
            }
            return half.await(30, TimeUnit.SECONDS);
        }));
        for (Future<?> future : done) {
            future.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();

        wires.forEach(wire -> soon().untilAsserted(() -> assertSawEverything(wire, subscriptions, world)));
    }

    /**
     * What a client must have seen: a state of each channel; after it, every message that is not in it; no message
     * twice or out of order; and no state that is older than a message before it.
     */
    private static void assertSawEverything(Wire wire, Set<Channel> subscriptions, World world) {
        List<JsonObject> frames = wire.socket().frames();
        List<Long> positions = wire.socket().positions();
        assertThat(wire.socket().overlaps()).isZero();
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        for (Channel channel : subscriptions) {
            int at = IntStream.range(0, frames.size())
                    .filter(i -> isSnapshot(frames.get(i), channel))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no state of " + channel));
            long pos = frames.get(at).getJsonNumber("pos").longValueExact();
            assertThat(frames.subList(0, at)).noneMatch(frame -> frame.containsKey("seq") && frame.getInt("pos") > pos);
            List<Message> concerned = world.all.stream()
                    .filter(message ->
                            message.channel().equals(channel) || message.views().contains(channel))
                    .toList();
            assertThat(positions)
                    .containsAll(concerned.stream()
                            .map(Message::pos)
                            .filter(p -> p > pos)
                            .toList());
            JsonObject state =
                    frames.get(at).getJsonObject("data").getJsonArray("items").getJsonObject(0);
            concerned.stream()
                    .filter(message -> message.pos() <= pos)
                    .forEach(
                            message -> assertThat(state.getInt(message.channel().name()))
                                    .isGreaterThanOrEqualTo((int) message.seq()));
        }
    }

    private static boolean isSnapshot(JsonObject frame, Channel channel) {
        return frame.getString("type").equals("snapshot")
                && frame.getJsonObject("data").getString("channel").equals(channel.name());
    }
}
