package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Elsewhere than on Linux the JDK itself polls, and seconds pass. */
@EnabledOnOs(OS.LINUX)
class DirectoryHintsTest {

    @TempDir
    Path temp;

    private final Requests requests = new Requests();
    private final Set<Path> files = new HashSet<>();
    private final Set<Path> directories = new HashSet<>();
    private final Set<Requests.Order> orders = new HashSet<>();
    private Path root;
    private DirectoryHints hints;
    private Thread thread;

    @BeforeEach
    void start() throws IOException {
        root = Files.createDirectories(temp.resolve("projects"));
        Files.createDirectories(root.resolve("-shop/one/subagents"));
        Files.createFile(root.resolve("-shop/one.jsonl"));
        hints = new DirectoryHints(List.of(root), requests);
        thread = new Thread(hints);
        thread.start();
        until(() -> assertThat(orders).containsExactly(Requests.Order.SWEEP_ALL));
        await().until(hints::listening);
    }

    @AfterEach
    void stop() throws InterruptedException {
        hints.close();
        thread.join(60_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(hints.listening()).isFalse();
    }

    private void until(ThrowingRunnable assertion) {
        await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            Requests.Batch batch = requests.take(Duration.ZERO);
            files.addAll(batch.files());
            directories.addAll(batch.directories());
            orders.addAll(batch.orders());
            assertion.run();
        });
    }

    @Test
    @DisplayName("An append, a new file and a deleted one are asked to be looked at; other files are not")
    void filesChange() throws IOException {
        Files.createFile(root.resolve("-shop/notes.txt"));
        Files.writeString(root.resolve("-shop/one.jsonl"), "{}\n", StandardOpenOption.APPEND);
        Files.createFile(root.resolve("-shop/one/subagents/agent-1.jsonl"));
        until(() -> assertThat(files)
                .containsExactlyInAnyOrder(
                        root.resolve("-shop/one.jsonl"), root.resolve("-shop/one/subagents/agent-1.jsonl")));
        files.clear();
        Files.delete(root.resolve("-shop/one.jsonl"));
        until(() -> assertThat(files).containsExactly(root.resolve("-shop/one.jsonl")));
    }

    @Test
    @DisplayName("A new directory is asked to be looked at with what lies in it, and watched at every depth")
    void newDirectory() throws IOException {
        Path deep = Files.createDirectories(root.resolve("-new/two/subagents/workflows/run"));
        until(() -> assertThat(directories).contains(root.resolve("-new")));
        await().pollInterval(Duration.ofMillis(2)).untilAsserted(() -> {
            Files.writeString(deep.resolve("agent-2.jsonl"), "{}\n");
            until(() -> assertThat(files).contains(deep.resolve("agent-2.jsonl")));
        });
    }

    @Test
    @DisplayName("After a directory was renamed, its files are told of under the new name")
    void renamed() throws IOException {
        Files.move(root.resolve("-shop"), root.resolve("-store"));
        until(() -> assertThat(directories).contains(root.resolve("-shop"), root.resolve("-store")));
        Files.writeString(root.resolve("-store/one.jsonl"), "{}\n", StandardOpenOption.APPEND);
        until(() -> assertThat(files).containsExactly(root.resolve("-store/one.jsonl")));
    }

    @Test
    @DisplayName("A root that was moved away and made anew is watched again")
    void rootMadeAnew() throws IOException {
        orders.clear();
        Files.move(root, temp.resolve("away"));
        Files.createDirectory(root);
        until(() -> assertThat(orders).contains(Requests.Order.SWEEP_ALL));
        Files.createFile(root.resolve("new.jsonl"));
        until(() -> assertThat(files).contains(root.resolve("new.jsonl")));
    }
}
