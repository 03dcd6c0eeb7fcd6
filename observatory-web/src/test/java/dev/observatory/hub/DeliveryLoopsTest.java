package dev.observatory.hub;

import static dev.observatory.hub.TestHub.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.Subprotocol;
import dev.observatory.wire.FrameWriter;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Delivery loops")
class DeliveryLoopsTest {

    private static final Channel TOPIC = Channel.named("topic:a");

    private final HubSettings settings = new TestSettings().build();
    private final HubMeters meters = new HubMeters();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    /** With more patience than a thread of a busy machine may need for a send that is none. */
    private DeliveryLoops loops = loops(Duration.ofSeconds(1));

    private final CountDownLatch back = new CountDownLatch(1);
    private long pos;

    private DeliveryLoops loops(Duration patience) {
        return new DeliveryLoops(
                1,
                () -> new DeliveryLoop(
                        0, Runnable::run, connection -> ended.add(connection.id()), meters, settings.tick()),
                Thread::new,
                patience);
    }

    @AfterEach
    void stop() {
        back.countDown();
        loops.stop();
    }

    /** A server that does not come back from a send, until the test is over or says so. */
    private final class StuckSocket implements ClientSocket {

        private final AtomicBoolean isStuck = new AtomicBoolean();
        private final AtomicBoolean isTouched = new AtomicBoolean();

        @Override
        public void send(String text, Consumer<Throwable> done) {
            isStuck.set(true);
            boolean interrupted = false;
            while (back.getCount() > 0) {
                try {
                    back.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            done.accept(null);
        }

        @Override
        public void send(ByteBuffer bytes, Consumer<Throwable> done) {
            throw new AssertionError("nothing is compressed here");
        }

        @Override
        public void ping() {
            isTouched.set(true);
        }

        @Override
        public void close(CloseCode code, String reason) {
            isTouched.set(true);
        }
    }

    private Connection connect(String id, ClientSocket socket) {
        return connect(id, socket, settings);
    }

    private Connection connect(String id, ClientSocket socket, HubSettings limits) {
        DeliveryLoop loop = loops.next();
        Connection connection = new Connection(
                id,
                People.client(People.ANN, Subprotocol.PLAIN),
                People.rights(People.ANN),
                socket,
                loop,
                limits,
                new FrameWriter(new JsonEncoder(), Clock.systemUTC()),
                c -> {},
                0,
                1);
        loop.execute(() -> {
            loop.open(connection);
            connection.subscribe(TOPIC);
        });
        return connection;
    }

    private Message message() {
        return new Message(
                "d", "note", TOPIC, List.of(), ++pos, pos, Instant.EPOCH, "{\"type\":\"note\"}", 15, null, null);
    }

    private void tell() {
        Message message = message();
        loops.each(loop -> loop.route(message, null, null, System.nanoTime()));
    }

    @Test
    @DisplayName(
            "go on with another thread when the server does not come back from a send, and send their clients away")
    void goOn() {
        StuckSocket stuck = new StuckSocket();
        FakeSocket bystander = new FakeSocket(Mode.AT_ONCE, Runnable::run);
        connect("stuck", stuck);
        connect("bystander", bystander);
        tell();
        soon().until(stuck.isStuck::get);
        FakeSocket waiting = new FakeSocket(Mode.AT_ONCE, Runnable::run);

        soon().until(() -> bystander.closes().contains(CloseCode.INTERNAL_ERROR));
        connect("later", waiting);
        tell();

        soon().until(() -> waiting.frames().size() == 1);
        assertThat(ended).containsExactlyInAnyOrder("stuck", "bystander");
        assertThat(stuck.isTouched).isFalse();
        assertThat(meters.counts().closed()).containsEntry("stuck", 1L);
    }

    @Test
    @DisplayName("send nobody what comes behind a message that the thread did not get to hand to him")
    void leaveNoHole() throws InterruptedException {
        HubSettings small = new TestSettings().queueMessages(2).build();
        StuckSocket stuck = new StuckSocket();
        FakeSocket bystander = new FakeSocket(Mode.AT_ONCE, Runnable::run);
        connect("stuck", stuck, small);
        connect("bystander", bystander, small);
        CountDownLatch all = hold();
        // the third finds the first client's queue full: it is sent to at once, and the second does not get the third
        for (int i = 1; i <= 20; i++) {
            tell();
        }
        all.countDown();

        soon().until(() -> bystander.closes().contains(CloseCode.INTERNAL_ERROR));
        assertThat(stuck.isStuck).isTrue();
        assertThat(bystander.frames()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    @DisplayName("count whoever was not handed a message by a thread that does not come back as one who did not get it")
    void countWhoWasLeftOut() throws InterruptedException {
        HubSettings small = new TestSettings().queueMessages(1).build();
        StuckSocket stuck = new StuckSocket();
        connect("stuck", stuck, small);
        connect("bystander", new FakeSocket(Mode.AT_ONCE, Runnable::run), small);
        CountDownLatch all = hold();
        tell();
        Tally tally = new Tally(1, Runnable::run);
        Message second = message();
        tally.numbered(second);
        loops.each(loop -> loop.route(second, tally, null, System.nanoTime()));
        all.countDown();
        soon().until(() -> ended.size() == 2);

        back.countDown();

        BroadcastResult result = TestHub.await(tally.result().toCompletableFuture());
        assertThat(result.failed()).containsExactlyInAnyOrder("stuck", "bystander");
    }

    /** Has the loop take up nothing until it is released; then it takes up all that has come. */
    private CountDownLatch hold() throws InterruptedException {
        CountDownLatch isHeld = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        loops.each(loop -> {
            isHeld.countDown();
            awaitQuietly(release);
        });
        isHeld.await();
        return release;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("are not disturbed by a thread that comes back after all")
    void areNotDisturbed() {
        StuckSocket stuck = new StuckSocket();
        connect("stuck", stuck);
        tell();
        soon().until(() -> ended.contains("stuck"));
        FakeSocket later = new FakeSocket(Mode.AT_ONCE, Runnable::run);
        connect("later", later);

        back.countDown();
        for (int i = 1; i <= 100; i++) {
            tell();
        }

        soon().until(() -> later.frames().size() == 100);
        assertThat(later.overlaps()).isZero();
        assertThat(later.closes()).isEmpty();
    }

    @Test
    @DisplayName("that come back in time go on with their own")
    void keepTheirThreads() {
        loops.stop();
        loops = loops(Duration.ofMinutes(1));
        FakeSocket socket = new FakeSocket(Mode.AT_ONCE, Runnable::run);
        connect("quick", socket);
        for (int i = 1; i <= 1_000; i++) {
            tell();
        }

        soon().until(() -> socket.frames().size() == 1_000);
        assertThat(ended).isEmpty();
    }
}
