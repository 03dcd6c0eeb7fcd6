package dev.observatory.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DemoReplayTest {

    @Test
    @DisplayName("First lines come soon into a private folder, which is gone when the demonstration ends")
    void life() throws IOException {
        AtomicReference<Thread> thread = new AtomicReference<>();
        DemoReplay demo = DemoReplay.start(
                task -> {
                    thread.set(new Thread(task));
                    return thread.get();
                },
                Clock.systemUTC());
        Path root = demo.root();
        try {
            if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                        .isEqualTo("rwx------");
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> transcripts(root) > 0);
        } finally {
            demo.close();
        }
        assertThat(root).doesNotExist();
        assertThat(thread.get().isAlive()).isFalse();
    }

    private static long transcripts(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(path -> path.toString().endsWith(".jsonl")).count();
        }
    }
}
