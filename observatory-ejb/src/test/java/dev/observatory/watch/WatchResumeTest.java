package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.observatory.message.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reading thread with a sink that outlives it, or that takes nothing at times. */
class WatchResumeTest {

    private static final String NAME = "-shop/3f0e.jsonl";

    @TempDir
    Path root;

    private final RecordingSink sink = new RecordingSink();
    private final List<Draft> drafts = new CopyOnWriteArrayList<>();
    private Requests requests;
    private WatchLoop loop;
    private Thread thread;
    private Path file;

    @BeforeEach
    void folder() throws IOException {
        file = root.resolve(NAME);
        Files.createDirectory(file.getParent());
    }

    private void start() {
        WatchConfig config = WatchFixture.config(root, WatchFixture.NEVER, WatchFixture.NEVER, false);
        requests = new Requests();
        loop = new WatchLoop(config, requests, sink, drafts::add, () -> false, Clock.systemUTC());
        thread = new Thread(loop);
        thread.start();
        requests.order(Requests.Order.SWEEP_ALL);
    }

    @AfterEach
    void stop() throws InterruptedException {
        requests.order(Requests.Order.STOP);
        thread.join(60_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Waits until all that was asked for is done. */
    private void settle() {
        await().until(() -> {
            requests.order(Requests.Order.TICK);
            return loop.status().lagBytes() == 0 && loop.status().files() == 1;
        });
    }

    private void awaitLines(String... lines) {
        await().untilAsserted(() -> {
            requests.order(Requests.Order.TICK);
            assertThat(sink.lines(NAME)).containsExactly(lines);
        });
    }

    @Test
    @DisplayName("After a restart a file is read on behind the last line taken, and nothing of it again")
    void readsOn() throws Exception {
        append("{\"a\":1}\n{\"unfin");
        start();
        awaitLines("{\"a\":1}");
        stop();
        append("ished\":2}\n");
        start();
        awaitLines("{\"a\":1}", "{\"unfinished\":2}");
        assertThat(sink.told(NAME)).containsExactly("flush backlog", "flush missed");
    }

    @Test
    @DisplayName("After a restart an unchanged file is not read, until something comes to it")
    void unchanged() throws Exception {
        append("{\"a\":1}\n");
        start();
        awaitLines("{\"a\":1}");
        stop();
        start();
        settle();
        assertThat(sink.told(NAME)).containsExactly("flush backlog");
        append("{\"b\":2}\n");
        requests.look(file);
        awaitLines("{\"a\":1}", "{\"b\":2}");
        await().until(() -> drafts.size() == 1);
        assertThat(sink.told(NAME)).containsExactly("flush backlog", "flush");
    }

    @Test
    @DisplayName("A file that was replaced while nobody watched is read from its first line")
    void replaced() throws Exception {
        append("{\"a\":1}\n");
        start();
        awaitLines("{\"a\":1}");
        stop();
        Files.writeString(file, "{\"c\":1}\n{\"d\":2}\n");
        start();
        awaitLines("{\"c\":1}", "{\"d\":2}");
        assertThat(sink.told(NAME)).containsExactly("flush backlog", "restart", "flush missed");
    }

    @Test
    @DisplayName("While nothing is taken nothing is read, and what is asked for in the meantime is not forgotten")
    void unavailable() throws Exception {
        start();
        append("{\"a\":1}\n");
        requests.look(file);
        awaitLines("{\"a\":1}");
        sink.available = false;
        append("{\"b\":2}\n");
        requests.look(file);
        await().until(() -> {
            requests.order(Requests.Order.TICK);
            return !loop.status().storeAvailable();
        });
        assertThat(sink.lines(NAME)).hasSize(1);
        sink.available = true;
        awaitLines("{\"a\":1}", "{\"b\":2}");
        assertThat(loop.status().storeAvailable()).isTrue();
    }

    @Test
    @DisplayName("A start waits until the sink is there, and then looks at everything")
    void lateStart() throws Exception {
        sink.available = false;
        append("{\"a\":1}\n");
        start();
        await().until(() -> {
            requests.order(Requests.Order.TICK);
            return sink.ticks.get() > 2;
        });
        assertThat(sink.count()).isZero();
        assertThat(loop.status().storeAvailable()).isFalse();
        sink.available = true;
        awaitLines("{\"a\":1}");
    }

    @Test
    @DisplayName("A turn that is refused loses no line")
    void refused() throws Exception {
        sink.refusals.set(3);
        append("{\"a\":1}\n{\"b\":2}\n");
        start();
        awaitLines("{\"a\":1}", "{\"b\":2}");
        sink.refusals.set(2);
        Files.writeString(file, "{\"c\":3}\n");
        requests.look(file);
        awaitLines("{\"c\":3}");
    }
}
