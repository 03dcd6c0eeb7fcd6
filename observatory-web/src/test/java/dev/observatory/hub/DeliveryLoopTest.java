package dev.observatory.hub;

import static dev.observatory.hub.TestHub.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.hub.TestHub.Wire;
import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.Subprotocol;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A delivery loop")
class DeliveryLoopTest {

    private static final Channel C123 = Channel.conversation("123");

    private TestHub hub = new TestHub(new TestSettings());

    @AfterEach
    void close() {
        hub.close();
    }

    private void restart(TestSettings settings) {
        hub.close();
        hub = new TestHub(settings);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("sends in order, one send at a time, whenever and wherever sends are reported done")
    @EnumSource(
            value = Mode.class,
            names = {"AT_ONCE", "LATER"})
    void sendsInOrder(Mode mode) {
        Wire wire = hub.connect(hub.socket(mode), "alerts");

        for (int i = 0; i < 2_000; i++) {
            hub.append(Channel.ALERTS);
        }

        soon().until(() -> wire.socket().texts().size() == 2_000);
        assertThat(wire.socket().positions()).containsExactlyElementsOf(upTo(2_000));
        assertThat(wire.socket().overlaps()).isZero();
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("sends a backlog of 100,000 without sending inside of sending")
    @EnumSource(
            value = Mode.class,
            names = {"AT_ONCE", "LATER"})
    void sendsALongBacklog(Mode mode) {
        Wire wire = hub.connect(hub.socket(Mode.HELD), "alerts");
        for (int i = 0; i < 100_000; i++) {
            hub.append(Channel.ALERTS);
        }
        hub.settle();
        assertThat(wire.socket().texts()).hasSize(1);
        assertThat(hub.census().queuedMessages()).isEqualTo(99_999);

        wire.socket().become(mode);
        wire.socket().release();

        soon().until(() -> wire.socket().texts().size() == 100_000);
        assertThat(wire.socket().positions()).containsExactlyElementsOf(upTo(100_000));
        assertThat(wire.socket().overlaps()).isZero();
        assertThat(wire.socket().deepest()).isEqualTo(1);
    }

    @Test
    @DisplayName("puts a backlog into few frames for clients of observatory.v1, none larger than a batch may be")
    void batchesForV1() {
        restart(new TestSettings().batchBytes(1_000));
        Wire wire = hub.connect(hub.socket(Mode.HELD), Subprotocol.V1, 1, "alerts");
        int size = hub.append(Channel.ALERTS).size();
        hub.settle();
        for (int i = 0; i < 99; i++) {
            hub.append(Channel.ALERTS);
        }
        hub.settle();

        wire.socket().become(Mode.AT_ONCE);
        wire.socket().release();
        hub.settle();

        assertThat(wire.socket().positions()).containsExactlyElementsOf(upTo(100));
        assertThat(wire.socket().texts())
                .hasSizeBetween(100 * size / 1_000, 100 * size / 500)
                .allMatch(text -> text.length() <= 1_000);
        assertThat(wire.socket().texts().get(1)).hasSizeGreaterThan(1_000 - 2 * size);
    }

    @Test
    @DisplayName("sends a frame that is larger than a batch by itself, in its place")
    void sendsLargeFramesAlone() {
        restart(new TestSettings().batchBytes(1_000));
        Wire wire = hub.connect(hub.socket(Mode.HELD), Subprotocol.V1, 1, "alerts");
        hub.append(Channel.ALERTS);
        hub.settle();
        hub.append(Channel.ALERTS);
        hub.journal.append(Draft.to(Channel.ALERTS, "note", Map.of("text", "x".repeat(5_000))));
        hub.append(Channel.ALERTS);
        hub.append(Channel.ALERTS);
        hub.settle();

        wire.socket().become(Mode.AT_ONCE);
        wire.socket().release();
        hub.settle();

        assertThat(wire.socket().positions()).containsExactlyElementsOf(upTo(5));
        assertThat(wire.socket().texts()).hasSize(4);
        assertThat(wire.socket().texts().get(2)).hasSizeGreaterThan(5_000).doesNotContain("\n");
    }

    @Test
    @DisplayName("sends clients without sub-protocol one object a frame, however long the backlog")
    void sendsOthersOneByOne() {
        Wire wire = hub.connect(hub.socket(Mode.HELD), "alerts");
        for (int i = 0; i < 50; i++) {
            hub.append(Channel.ALERTS);
        }
        hub.settle();

        wire.socket().become(Mode.AT_ONCE);
        wire.socket().release();
        hub.settle();

        assertThat(wire.socket().texts()).hasSize(50).noneMatch(text -> text.contains("\n"));
    }

    @Test
    @DisplayName("delivers to a conversation's subscriber what is tagged for it or for all, and nothing else")
    void deliversByTag() {
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "conversation:123");
        hub.append(C123, Channel.ALL_CONVERSATIONS);
        hub.append(Channel.conversation("124"), Channel.ALL_CONVERSATIONS);
        hub.append(Channel.ALL_CONVERSATIONS);
        hub.append(Channel.project("123"), Channel.PROJECT_UPDATES);
        hub.append(Channel.FILE_EVENTS);
        hub.append(Channel.EVERYONE);
        hub.settle();

        assertThat(wire.socket().positions()).containsExactly(1L, 3L, 6L);
    }

    @Test
    @DisplayName("delivers a message once to a client that several subscriptions match")
    void deliversOnce() {
        Wire wire = hub.connect(
                hub.socket(Mode.AT_ONCE),
                "conversation:123",
                "conversation:124",
                "all_conversations",
                "project:p:conversations");
        hub.append(C123, Channel.ALL_CONVERSATIONS, Channel.projectConversations("p"), C123);
        hub.append(Channel.ALL_CONVERSATIONS);
        hub.append(Channel.EVERYONE, C123);
        hub.settle();

        assertThat(wire.socket().positions()).containsExactly(1L, 2L, 3L);
    }

    @Test
    @DisplayName("delivers what is for everyone to every connection, subscribed or not")
    void deliversToEveryone() {
        Wire subscribed = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");
        Wire bare = hub.connect(hub.socket(Mode.LATER));

        BroadcastResult result = TestHub.await(hub.broadcast(Draft.toEveryone("hello", Map.of("n", 1))));

        assertThat(result).isEqualTo(new BroadcastResult(1, 1, 2, 2, 0, Set.of()));
        assertThat(subscribed.socket().positions()).containsExactly(1L);
        assertThat(bare.socket().positions()).containsExactly(1L);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("delivers to all others when sends to one fail, and names that one")
    @EnumSource(
            value = Mode.class,
            names = {"FAILS", "FAILS_LATER", "THROWS"})
    void survivesFailures(Mode mode) {
        Wire before = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");
        Wire failing = hub.connect(hub.socket(mode), "alerts", "conversation:123");
        Wire after = hub.connect(hub.socket(Mode.LATER), "alerts");

        BroadcastResult result = TestHub.await(hub.broadcast(Draft.to(Channel.ALERTS, "note", Map.of())));
        BroadcastResult next = TestHub.await(hub.broadcast(Draft.to(Channel.ALERTS, "note", Map.of())));

        assertThat(result.matched()).isEqualTo(3);
        assertThat(result.delivered()).isEqualTo(2);
        assertThat(result.failed()).containsExactly(failing.id());
        assertThat(next.matched()).isEqualTo(2);
        assertThat(next.delivered()).isEqualTo(2);
        assertThat(before.socket().positions()).containsExactly(1L, 2L);
        assertThat(after.socket().positions()).containsExactly(1L, 2L);
        assertThat(hub.ended).containsExactly(failing.id());
        soon().untilAsserted(() -> assertThat(failing.socket().closes()).containsExactly(CloseCode.INTERNAL_ERROR));
        assertThat(hub.census().connections()).doesNotContain(failing.id());
    }

    @Test
    @DisplayName("tells at once that nobody was there")
    void tellsThatNobodyWasThere() {
        BroadcastResult result = TestHub.await(hub.broadcast(Draft.to(Channel.ALERTS, "note", Map.of())));

        assertThat(result).isEqualTo(new BroadcastResult(1, 1, 0, 0, 0, Set.of()));
    }

    @Test
    @DisplayName("counts a broadcast as failed for a client that leaves before it was sent")
    void countsWhoLeaves() {
        Wire wire = hub.connect(hub.socket(Mode.HELD), "alerts");
        CompletableFuture<BroadcastResult> sending = hub.broadcast(Draft.to(Channel.ALERTS, "note", Map.of()));
        CompletableFuture<BroadcastResult> queued = hub.broadcast(Draft.to(Channel.ALERTS, "note", Map.of()));
        hub.settle();
        assertThat(sending).isNotDone();

        wire.inbound().closed();

        assertThat(TestHub.await(sending).failed()).containsExactly(wire.id());
        assertThat(TestHub.await(queued).failed()).containsExactly(wire.id());
        wire.socket().release();
        hub.settle();
        assertThat(wire.socket().texts()).hasSize(1);
        assertThat(wire.socket().closes()).isEmpty();
    }

    @Test
    @DisplayName(
            "closes a client that takes nothing until its queue is full for the second time; others get everything")
    void closesWhoIsTooSlow() {
        restart(new TestSettings().queueMessages(100));
        Wire slow = hub.connect(hub.socket(Mode.HELD), "alerts");
        Wire quick = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");
        List<CompletableFuture<BroadcastResult>> results = new ArrayList<>();

        for (int i = 0; i < 210; i++) {
            results.add(hub.broadcast(Draft.to(Channel.ALERTS, "note", Map.of("i", i))));
            hub.settle();
        }

        soon().untilAsserted(() -> assertThat(slow.socket().closes()).containsExactly(CloseCode.SLOW_CONSUMER));
        assertThat(quick.socket().positions()).containsExactlyElementsOf(upTo(210));
        assertThat(results).allSatisfy(result -> {
            BroadcastResult outcome = TestHub.await(result);
            assertThat(outcome.delivered()).isEqualTo(1);
            assertThat(outcome.matched())
                    .isEqualTo(1 + outcome.dropped() + outcome.failed().size());
        });
        assertThat(hub.census().connections()).containsExactly(quick.id());
    }

    @Test
    @DisplayName("leaves out what a client is too slow for, tells it so, and sends it the state again")
    void startsOver() {
        restart(new TestSettings().queueMessages(100));
        Wire slow = hub.connect(hub.socket(Mode.HELD), "alerts");
        for (int i = 0; i < 110; i++) {
            hub.append(Channel.ALERTS);
            hub.settle();
        }
        slow.socket().become(Mode.AT_ONCE);
        slow.socket().release();

        soon().untilAsserted(() -> assertThat(slow.socket().positions()).contains(110L));
        JsonObject gap = slow.socket().frames("gap").get(0).getJsonObject("data");
        assertThat(gap.getString("channel")).isEqualTo("alerts");
        assertThat(gap.getInt("from_seq")).isEqualTo(2);
        assertThat(gap.getInt("to_seq")).isEqualTo(101);
        assertThat(gap.getInt("count")).isEqualTo(100);
        assertThat(slow.socket().frames("snapshot")).hasSize(1);
        assertThat(slow.socket().positions()).containsExactly(1L, 102L, 103L, 104L, 105L, 106L, 107L, 108L, 109L, 110L);
        assertThat(slow.socket().closes()).isEmpty();
    }

    @Test
    @DisplayName("compresses a large message once for all who want it, and sends small ones as text")
    void compressesOnce() {
        hub.close();
        hub = new TestHub(new TestSettings(), 3, null, List.of());
        List<Wire> deflating = IntStream.range(0, 9)
                .mapToObj(i -> hub.connect(hub.socket(Mode.LATER), Subprotocol.V1_DEFLATE, 1, "alerts"))
                .toList();
        Wire plain = hub.connect(hub.socket(Mode.AT_ONCE), Subprotocol.V1, 1, "alerts");
        hub.append(Channel.ALERTS);
        hub.journal.append(Draft.to(Channel.ALERTS, "note", Map.of("text", "x\u00e9\ud83d\ude00".repeat(1_000))));
        hub.append(Channel.ALERTS);

        for (Wire wire : deflating) {
            soon().untilAsserted(() -> assertThat(wire.socket().positions()).containsExactlyElementsOf(upTo(3)));
            assertThat(wire.socket().compressed()).isEqualTo(1);
        }
        soon().untilAsserted(() -> assertThat(plain.socket().positions()).containsExactlyElementsOf(upTo(3)));
        assertThat(plain.socket().compressed()).isZero();
        assertThat(deflating.get(0).socket().frames("note"))
                .isEqualTo(plain.socket().frames("note"));
        assertThat(hub.meters.counts().compressed()).isEqualTo(1);
        assertThat(hub.meters.counts().compressedBytes()).isLessThan(200);
    }

    @Test
    @DisplayName("leaves out what has waited too long, and tells it so")
    void expires() {
        restart(new TestSettings()
                .queueAge(Duration.ofMillis(50))
                .heartbeat(Duration.ofMillis(50), Duration.ofMinutes(1)));
        hub.limitRate(1);
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");
        // or else the first ones might be told of as left out before the last one is there
        CountDownLatch busy = occupyTheLoop();
        for (int i = 0; i < 10; i++) {
            hub.append(Channel.ALERTS);
        }
        busy.countDown();

        soon().untilAsserted(() -> assertThat(wire.socket().frames("gap")).isNotEmpty());
        JsonObject gap = wire.socket().frames("gap").get(0).getJsonObject("data");
        assertThat(gap.getString("reason")).isEqualTo("expired");
        assertThat(gap.getInt("to_seq")).isEqualTo(10);
    }

    /** Until the latch is released; then it takes up all that has come meanwhile. */
    private CountDownLatch occupyTheLoop() {
        CountDownLatch busy = new CountDownLatch(1);
        hub.loops.get(0).execute(() -> {
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return busy;
    }

    @Test
    @DisplayName("sends no more messages than the connection's rate allows, and all of them in the end")
    void keepsToTheRate() {
        hub.limitRate(20);
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");
        long begin = System.nanoTime();
        for (int i = 0; i < 60; i++) {
            hub.append(Channel.ALERTS);
        }
        hub.settle();

        int sent = wire.socket().positions().size();
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertThat(sent).as("what may come after a pause, and since then").isLessThanOrEqualTo((int)
                (2 * 20 + 20 * seconds));
        soon().untilAsserted(() -> assertThat(wire.socket().positions()).containsExactlyElementsOf(upTo(60)));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    @DisplayName("sends a client that is to leave what waits for it, though its rate makes that last")
    void sendsWhatWaitsBeforeTheEnd() {
        hub.limitRate(20);
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");
        for (int i = 0; i < 60; i++) {
            hub.append(Channel.ALERTS);
        }
        hub.settle();
        wire.connection().loop().execute(() -> wire.connection().leave(CloseCode.SHUTDOWN));

        soon().untilAsserted(() -> assertThat(wire.socket().closes()).containsExactly(CloseCode.SHUTDOWN));
        assertThat(wire.socket().positions()).containsExactlyElementsOf(upTo(60));
    }

    @Test
    @DisplayName("leaves out outdated states for a connection whose rate is too low for all of them")
    void conflatesForTheRate() {
        hub.limitRate(5);
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "gpu");
        for (int i = 0; i < 200; i++) {
            hub.journal.append(
                    Draft.to(Channel.GPU, "gpu_stats", Map.of("i", i)).conflatedBy("0"));
            hub.settle();
        }

        soon().untilAsserted(() -> assertThat(wire.socket().positions()).contains(200L));
        long told = wire.socket().frames("gap").stream()
                .map(frame -> frame.getJsonObject("data"))
                .peek(gap -> assertThat(gap.getString("reason")).isEqualTo("conflated"))
                .mapToLong(gap -> gap.getInt("count"))
                .sum();
        assertThat(told + wire.socket().positions().size()).isEqualTo(200);
        assertThat(told).isGreaterThan(100);
    }

    @Test
    @DisplayName("does not take a client for slow because many messages come before it is its turn")
    void doesNotBlameClientsForItsHaste() {
        restart(new TestSettings().queueMessages(10));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");
        CountDownLatch busy = occupyTheLoop();
        for (int i = 0; i < 1_000; i++) {
            hub.append(Channel.ALERTS);
        }
        busy.countDown();
        hub.settle();

        assertThat(wire.socket().positions()).containsExactlyElementsOf(upTo(1_000));
        assertThat(wire.socket().closes()).isEmpty();
    }

    @Test
    @DisplayName("closes a client that has too many bytes waiting, though they be few messages")
    void closesWhoHasTooManyBytesWaiting() {
        restart(new TestSettings().queueBytes(10_000));
        Wire slow = hub.connect(hub.socket(Mode.HELD), "alerts");

        for (int i = 0; i < 9; i++) {
            hub.journal.append(Draft.to(Channel.ALERTS, "note", Map.of("text", "x".repeat(3_000))));
            hub.settle();
        }

        soon().untilAsserted(() -> assertThat(slow.socket().closes()).containsExactly(CloseCode.SLOW_CONSUMER));
    }

    @Test
    @DisplayName("delivers what 8 threads broadcast at once: all of it, each thread's in order")
    void deliversWhatManyBroadcast() throws Exception {
        hub.close();
        hub = new TestHub(new TestSettings(), 3, null, List.of());
        List<Wire> wires = IntStream.range(0, 6)
                .mapToObj(i -> hub.connect(
                        hub.socket(i % 2 == 0 ? Mode.AT_ONCE : Mode.LATER),
                        i < 3 ? Subprotocol.PLAIN : Subprotocol.V1,
                        1,
                        "alerts"))
                .toList();
        ExecutorService senders = Executors.newFixedThreadPool(8);
        List<Future<?>> sent = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int thread = t;
            sent.add(senders.submit(() -> {
                for (int i = 0; i < 500; i++) {
                    hub.broadcast(Draft.to(Channel.ALERTS, "note", Map.of("thread", thread, "i", i)));
                }
            }));
        }
        for (Future<?> future : sent) {
            future.get(30, TimeUnit.SECONDS);
        }
        senders.shutdown();

        assertThat(wires).allSatisfy(wire -> {
            soon().until(() -> wire.socket().positions().size() == 4_000);
            assertThat(wire.socket().positions()).containsExactlyElementsOf(upTo(4_000));
            assertThat(wire.socket().overlaps()).isZero();
        });
        List<Integer> ofOne = wires.get(5).socket().frames().stream()
                .filter(frame -> frame.getJsonObject("data").getInt("thread") == 3)
                .map(frame -> frame.getJsonObject("data").getInt("i"))
                .toList();
        assertThat(ofOne)
                .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
    }

    @Test
    @DisplayName("holds nothing any more once all clients have left, however they left")
    void releasesEverything() {
        restart(new TestSettings().queueMessages(5));
        List<Wire> wires = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            wires.add(hub.connect(hub.socket(mode), "alerts", "conversation:1", "all_conversations"));
        }
        for (int i = 0; i < 10; i++) {
            hub.append(Channel.ALERTS);
            hub.append(Channel.ALL_CONVERSATIONS);
        }
        hub.settle();

        wires.forEach(wire -> wire.inbound().closed());
        wires.forEach(wire -> wire.inbound().closed());
        hub.settle();

        assertThat(hub.census()).isEqualTo(HubCensus.EMPTY);
        assertThat(hub.ended)
                .containsExactlyInAnyOrderElementsOf(
                        wires.stream().map(Wire::id).toList());
    }

    @Test
    @DisplayName("goes on after a task that fails")
    void survivesFaults() {
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");
        hub.loops.get(0).execute(() -> {
            throw new IllegalStateException("a fault");
        });
        hub.append(Channel.ALERTS);
        hub.settle();

        assertThat(wire.socket().positions()).containsExactly(1L);
    }

    @Test
    @DisplayName("runs a task at once when asked on its own thread")
    void runsAtOnceOnItsOwnThread() {
        DeliveryLoop loop = hub.loops.get(0);
        AtomicBoolean before = new AtomicBoolean();

        TestHub.await(CompletableFuture.runAsync(
                () -> {
                    AtomicBoolean done = new AtomicBoolean();
                    loop.run(() -> done.set(true));
                    before.set(done.get());
                },
                loop));

        assertThat(before).isTrue();
    }

    @Test
    @DisplayName("gives up those whose sockets are to be closed when the application stops, and fails what was queued")
    void abandonsItsConnections() throws Exception {
        DeliveryLoop loop = hub.loops.get(0);
        Wire wire = hub.connect(hub.socket(Mode.HELD), "alerts");
        CompletableFuture<BroadcastResult> result = hub.broadcast(Draft.to(Channel.ALERTS, "note", Map.of()));
        hub.settle();
        Thread thread = TestHub.await(CompletableFuture.supplyAsync(Thread::currentThread, loop));
        CompletableFuture<Void> ended = new CompletableFuture<>();
        loop.execute(() -> {
            loop.stop();
            ended.complete(null);
        });
        TestHub.await(ended);
        hub.close();
        soon().until(() -> !thread.isAlive());
        Wire late = hub.connect(hub.socket(Mode.HELD), "alerts");

        loop.execute(() -> late.connection().leave(CloseCode.SHUTDOWN, Duration.ofMillis(70)));
        List<Connection> left = loop.abandon();

        assertThat(left).containsExactly(wire.connection(), late.connection());
        left.forEach(Connection::closeSocket);
        assertThat(wire.socket().reasons()).containsExactly("shutdown");
        assertThat(late.socket().reasons()).as("what it was told").containsExactly("shutdown retry_after_ms=70");
        assertThat(TestHub.await(result).failed()).containsExactly(wire.id());
        assertThat(loop.abandon()).isEmpty();
    }

    private static List<Long> upTo(long count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }
}
