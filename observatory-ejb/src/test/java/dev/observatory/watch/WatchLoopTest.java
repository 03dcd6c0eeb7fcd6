package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.observatory.conversation.HookEvent;
import dev.observatory.message.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop with nobody but the test to ask it for anything. */
class WatchLoopTest {

    private static final String LINE = "{\"x\":\"" + "x".repeat(1000) + "\"}\n";
    private static final String BUSY = "-busy/busy.jsonl";
    private static final String SMALL = "-shop/small.jsonl";

    /** How many lines a turn takes at most. */
    private static final int TURN = (1 << 16) / LINE.length();

    @TempDir
    Path root;

    private final RecordingSink sink = new RecordingSink();
    private final Requests requests = new Requests();
    private final List<Draft> drafts = new CopyOnWriteArrayList<>();

    /** How many lines of the busy file had been read when the small one's came. */
    private final AtomicInteger readBefore = new AtomicInteger(-1);

    private Thread thread;

    @BeforeEach
    void listen() throws IOException {
        Files.createDirectory(root.resolve("-busy"));
        Files.createDirectory(root.resolve("-shop"));
        sink.onLine = path -> {
            if (path.equals(SMALL)) {
                readBefore.set(sink.lines(BUSY).size());
            }
        };
    }

    private void run() {
        WatchConfig config = WatchFixture.config(root, WatchFixture.NEVER, WatchFixture.NEVER, false);
        thread = new Thread(new WatchLoop(config, requests, sink, drafts::add, () -> false, Clock.systemUTC()));
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        requests.order(Requests.Order.STOP);
        thread.join(60_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    @DisplayName("A file with much to read holds up another one for one turn at most")
    void fairTurns() throws IOException {
        Files.writeString(root.resolve(BUSY), LINE.repeat(5000));
        Files.writeString(root.resolve(SMALL), "{\"a\":1}\n");
        requests.look(root.resolve(BUSY));
        requests.look(root.resolve(SMALL));
        run();
        await().until(() -> sink.count() == 5001);
        assertThat(readBefore).hasValueBetween(1, TURN);
    }

    @Test
    @DisplayName("A line just written waits for one turn of the backlog at most")
    void liveBeforeBacklog() throws IOException {
        Files.writeString(root.resolve(BUSY), LINE.repeat(5000));
        sink.onLine = path -> {
            int lines = sink.lines(BUSY).size();
            if (path.equals(SMALL)) {
                readBefore.set(lines);
            } else if (lines == 1000) {
                writeSmall();
            }
        };
        requests.order(Requests.Order.SWEEP_ALL);
        run();
        await().until(() -> sink.count() == 5001);
        assertThat(readBefore).hasValueBetween(1000, 1000 + TURN);
    }

    private void writeSmall() {
        try {
            Files.writeString(root.resolve(SMALL), "{\"a\":1}\n");
            requests.look(root.resolve(SMALL));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    @DisplayName("A reader that fails at a line loses that line and nothing else")
    void failingReader() throws IOException {
        AtomicInteger lines = new AtomicInteger();
        sink.onLine = path -> {
            if (lines.incrementAndGet() == 2) {
                throw new IllegalStateException("on purpose");
            }
        };
        Files.writeString(root.resolve(SMALL), "{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n");
        requests.look(root.resolve(SMALL));
        run();
        await().untilAsserted(() -> assertThat(sink.lines(SMALL)).containsExactly("{\"a\":1}", "{\"c\":3}"));
    }

    @Test
    @DisplayName("What a hook tells is passed on without waiting for a tick, also while the sink is not there yet")
    void hooks() {
        sink.available = false;
        run();
        for (int i = 0; i < 3; i++) {
            HookEvent event = new HookEvent("s" + i, HookEvent.Kind.TURN_END, null, null, Instant.EPOCH);
            requests.report(event);
            await().until(() -> sink.reports.contains(event));
            sink.available = true;
        }
        assertThat(sink.reports).hasSize(3);
    }

    @Test
    @DisplayName("A path outside every root is not looked at")
    void outside(@TempDir Path elsewhere) throws IOException {
        Path other = Files.writeString(elsewhere.resolve("x.jsonl"), "{}\n");
        Files.writeString(root.resolve(SMALL), "{\"a\":1}\n");
        requests.look(other);
        requests.look(root.resolve(SMALL));
        run();
        await().until(() -> sink.count() == 1);
        assertThat(drafts).hasSizeLessThan(2);
    }
}
