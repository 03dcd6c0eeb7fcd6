package dev.observatory.watch;

import static dev.observatory.message.FileUpdate.FileEvent.CREATED;
import static dev.observatory.message.FileUpdate.FileEvent.DELETED;
import static dev.observatory.message.FileUpdate.FileEvent.MODIFIED;
import static dev.observatory.message.FileUpdate.FileEvent.TRUNCATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Channel;
import dev.observatory.message.FileUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTest {

    private static final String FILE = "-shop/3f0e.jsonl";

    @TempDir
    Path temp;

    private Path root;
    private WatchFixture watch;

    @BeforeEach
    void root() throws IOException {
        root = Files.createDirectory(temp.resolve("projects"));
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    private void start(boolean hints) {
        watch = hints ? WatchFixture.hinted(root) : WatchFixture.sweeping(root);
        watch.untilSwept();
    }

    private Path write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @ParameterizedTest(name = "hints {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("A new file is reported as created with its size, its root and whom it belongs to, then each growth")
    void createdAndModified(boolean hints) throws IOException {
        start(hints);
        Files.createDirectory(root.resolve("-shop"));
        Files.move(Files.writeString(temp.resolve("new"), "{\"a\":1}\n"), root.resolve(FILE));
        watch.until(() -> assertThat(watch.reports(FILE)).hasSize(1));
        watch.append(FILE, "{\"b\":2}\n");
        watch.until(() -> assertThat(watch.reports(FILE)).hasSize(2));
        assertThat(watch.lines(FILE)).containsExactly("{\"a\":1}", "{\"b\":2}");
        FileUpdate created = watch.reports(FILE).get(0);
        FileUpdate modified = watch.reports(FILE).get(1);
        assertThat(created)
                .isEqualTo(new FileUpdate(
                        FILE, root.toString(), CREATED, 8, 8, "3f0e", "project of -shop", created.detectedAt()));
        assertThat(modified)
                .isEqualTo(new FileUpdate(
                        FILE, root.toString(), MODIFIED, 16, 8, "3f0e", "project of -shop", modified.detectedAt()));
        assertThat(watch.drafts).allMatch(draft -> draft.channel().equals(Channel.FILE_EVENTS));
    }

    @Test
    @DisplayName("What lay there at the start is read as backlog and not reported, until it changes")
    void backlog() throws IOException {
        write(FILE, "{\"a\":1}\n{\"b\":2}\n");
        start(false);
        watch.until(() -> assertThat(watch.lines(FILE)).hasSize(2));
        assertThat(watch.sink.told(FILE)).containsOnly("flush backlog");
        assertThat(watch.drafts).isEmpty();
        watch.append(FILE, "{\"c\":3}\n");
        watch.until(() -> assertThat(watch.events(FILE)).containsExactly(MODIFIED));
        assertThat(watch.reports(FILE).get(0).appendedBytes()).isEqualTo(8);
        assertThat(watch.sink.told(FILE)).endsWith("flush");
    }

    @Test
    @DisplayName("The newest file of the backlog is read first")
    void newestFirst() throws IOException {
        List<String> paths = IntStream.range(0, 30)
                .map(i -> i * 7 % 30)
                .mapToObj(i -> String.format("-shop/%02d.jsonl", i))
                .toList();
        Instant now = Instant.now();
        for (String path : paths) {
            int age = Integer.parseInt(path.substring(6, 8));
            Files.setLastModifiedTime(write(path, "{}\n"), FileTime.from(now.minusSeconds(3600L * (1 + age))));
        }
        start(false);
        watch.until(() -> assertThat(watch.sink.count()).isEqualTo(30));
        assertThat(watch.sink.calls.stream().map(RecordingSink.Call::path))
                .containsExactlyElementsOf(paths.stream().sorted().toList());
    }

    @Test
    @DisplayName("The status tells how much of the backlog is read")
    void progress() throws IOException {
        write(FILE, "{\"a\":1}\n");
        write("-shop/other.jsonl", "{\"a\":1}\n{\"unfinished");
        start(false);
        watch.until(() -> {
            WatchStatus status = watch.status();
            assertThat(status.backlog()).isEqualTo(new WatchStatus.Progress(2, 2, 28, 28));
            assertThat(status.roots()).containsExactly(new WatchStatus.Root(root, true));
            assertThat(status.files()).isEqualTo(2);
            assertThat(status.lagBytes()).isZero();
            assertThat(status.hints()).isFalse();
        });
    }

    @Test
    @DisplayName("With a limit on the backlog, older files are read only when something comes to them, and then whole")
    void backfill() throws IOException {
        Files.setLastModifiedTime(
                write(FILE, "{\"a\":1}\n"), FileTime.from(Instant.now().minusSeconds(7200)));
        write("-shop/young.jsonl", "{\"y\":1}\n");
        WatchConfig all = WatchFixture.config(root, WatchFixture.MOMENT, WatchFixture.MOMENT, false);
        watch = WatchFixture.of(new WatchConfig(
                all.roots(),
                all.sweepRecent(),
                all.sweepAll(),
                all.recent(),
                all.atRest(),
                all.maxLineBytes(),
                all.turnBytes(),
                Optional.of(Duration.ofHours(1)),
                false,
                500,
                Optional.empty()));
        watch.untilSwept();
        watch.until(() -> assertThat(watch.lines("-shop/young.jsonl")).hasSize(1));
        assertThat(watch.lines(FILE)).isEmpty();
        assertThat(watch.status().backlog()).isEqualTo(new WatchStatus.Progress(1, 1, 8, 8));
        watch.append(FILE, "{\"b\":2}\n");
        watch.until(() -> assertThat(watch.lines(FILE)).containsExactly("{\"a\":1}", "{\"b\":2}"));
        assertThat(watch.sink.told(FILE)).containsExactly("flush backlog", "flush");
        watch.until(() -> assertThat(watch.status().backlog()).isEqualTo(new WatchStatus.Progress(2, 2, 16, 16)));
    }

    @ParameterizedTest(name = "hints {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("A truncated file is reported, and read again from its first line")
    void truncated(boolean hints) throws IOException {
        write(FILE, "{\"a\":1}\n{\"b\":2}\n");
        start(hints);
        watch.until(() -> assertThat(watch.lines(FILE)).hasSize(2));
        write(FILE, "{\"c\":3}\n");
        watch.until(() -> {
            assertThat(watch.lines(FILE)).containsExactly("{\"c\":3}");
            assertThat(watch.events(FILE)).startsWith(TRUNCATED).doesNotContain(CREATED, DELETED);
        });
    }

    @ParameterizedTest(name = "hints {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("A file replaced by another of the same size is reported as truncated")
    void replaced(boolean hints) throws IOException {
        write(FILE, "{\"a\":1}\n");
        start(hints);
        watch.until(() -> assertThat(watch.lines(FILE)).hasSize(1));
        Files.move(
                Files.writeString(temp.resolve("new"), "{\"b\":2}\n"),
                root.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE);
        watch.until(() -> {
            assertThat(watch.lines(FILE)).containsExactly("{\"b\":2}");
            assertThat(watch.events(FILE)).containsExactly(TRUNCATED);
        });
    }

    @Test
    @DisplayName(
            "A file rewritten in its place with the same size, within the same tick of its time, is noticed by sweeps")
    void rewrittenWithinATick() throws IOException {
        start(false);
        for (int i = 0; i < 50; i++) {
            String line = String.format("{\"n\":%02d}", i);
            write(FILE, line + "\n");
            watch.until(() -> assertThat(watch.lines(FILE)).containsExactly(line));
        }
    }

    @ParameterizedTest(name = "hints {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("A rotated file: the old one goes on under its new name, a new one begins under the old name")
    void rotated(boolean hints) throws IOException {
        start(hints);
        watch.append(FILE, "{\"a\":1}\n");
        watch.until(() -> assertThat(watch.lines(FILE)).hasSize(1));
        Files.move(root.resolve(FILE), root.resolve("-shop/old.jsonl"));
        watch.append(FILE, "{\"b\":2}\n");
        watch.append("-shop/old.jsonl", "{\"z\":3}\n");
        watch.until(() -> {
            assertThat(watch.lines(FILE)).containsExactly("{\"b\":2}");
            assertThat(watch.lines("-shop/old.jsonl")).containsExactly("{\"a\":1}", "{\"z\":3}");
        });
    }

    @ParameterizedTest(name = "hints {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("A deleted file is reported with whom it belonged to; one that comes back is read from its first line")
    void deleted(boolean hints) throws IOException {
        start(hints);
        watch.append(FILE, "{\"a\":1}\n");
        watch.until(() -> assertThat(watch.lines(FILE)).hasSize(1));
        Files.delete(root.resolve(FILE));
        watch.until(() -> assertThat(watch.events(FILE)).endsWith(DELETED));
        FileUpdate gone = watch.reports(FILE).get(watch.reports(FILE).size() - 1);
        assertThat(gone.conversationId()).isEqualTo("3f0e");
        assertThat(gone.size()).isZero();
        watch.until(() -> assertThat(watch.status().files()).isZero());
        watch.append(FILE, "{\"a\":1}\n{\"b\":2}\n");
        watch.until(() -> assertThat(watch.lines(FILE)).containsExactly("{\"a\":1}", "{\"b\":2}"));
        assertThat(watch.sink.told(FILE)).contains("restart");
        watch.until(() -> assertThat(watch.events(FILE)).containsSubsequence(DELETED, CREATED));
    }

    @ParameterizedTest(name = "hints {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("Deep directories created together with their files are watched at once")
    void deepDirectories(boolean hints) throws IOException {
        start(hints);
        String deep = "-shop/3f0e/subagents/workflows/run-1/agent-7.jsonl";
        watch.append(deep, "{\"a\":1}\n");
        watch.append("-shop/3f0e/subagents/agent-8.jsonl", "{\"b\":1}\n");
        watch.until(() -> {
            assertThat(watch.lines(deep)).containsExactly("{\"a\":1}");
            assertThat(watch.lines("-shop/3f0e/subagents/agent-8.jsonl")).containsExactly("{\"b\":1}");
        });
        watch.append(deep, "{\"a\":2}\n");
        watch.until(() -> assertThat(watch.lines(deep)).containsExactly("{\"a\":1}", "{\"a\":2}"));
    }

    @ParameterizedTest(name = "hints {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("After its directory was renamed a file is gone under the old name and there under the new one")
    void renamedDirectory(boolean hints) throws IOException {
        start(hints);
        watch.append("-shop/3f0e/subagents/agent-8.jsonl", "{\"a\":1}\n");
        watch.until(() -> assertThat(watch.sink.count()).isOne());
        Files.move(root.resolve("-shop"), root.resolve("-store"));
        watch.until(() -> {
            assertThat(watch.events("-shop/3f0e/subagents/agent-8.jsonl")).endsWith(DELETED);
            assertThat(watch.lines("-store/3f0e/subagents/agent-8.jsonl")).containsExactly("{\"a\":1}");
        });
        watch.append("-store/3f0e/subagents/agent-8.jsonl", "{\"a\":2}\n");
        watch.until(() -> assertThat(watch.lines("-store/3f0e/subagents/agent-8.jsonl"))
                .containsExactly("{\"a\":1}", "{\"a\":2}"));
    }

    @Test
    @DisplayName("A root that does not exist yet is waited for; what begins in it is news")
    void rootAppears() throws IOException {
        root = temp.resolve("later/projects");
        watch = WatchFixture.of(WatchFixture.config(root, WatchFixture.MOMENT, WatchFixture.NEVER, true));
        watch.untilSwept();
        assertThat(watch.status().roots()).containsExactly(new WatchStatus.Root(root, false));
        watch.append(FILE, "{\"a\":1}\n");
        watch.until(() -> assertThat(watch.lines(FILE)).containsExactly("{\"a\":1}"));
        watch.until(() -> assertThat(watch.events(FILE)).startsWith(CREATED));
        assertThat(watch.sink.told(FILE)).containsExactly("flush");
        watch.until(() -> assertThat(watch.status().roots()).containsExactly(new WatchStatus.Root(root, true)));
    }

    @Test
    @DisplayName("An archive that appears with its root is backlog")
    void archiveAppears() throws IOException {
        Path archive = Files.createDirectories(temp.resolve("archive/-shop"));
        Path old = Files.writeString(archive.resolve("3f0e.jsonl"), "{\"a\":1}\n");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3600)));
        root = temp.resolve("later");
        start(false);
        Files.move(archive.getParent(), root);
        watch.until(() -> assertThat(watch.lines(FILE)).containsExactly("{\"a\":1}"));
        assertThat(watch.sink.told(FILE)).containsExactly("flush backlog");
        assertThat(watch.drafts).isEmpty();
    }

    @Test
    @DisplayName("A root that vanishes takes its files with it, and is watched again when it is back")
    void rootVanishes() throws IOException {
        start(true);
        watch.append(FILE, "{\"a\":1}\n");
        watch.until(() -> assertThat(watch.lines(FILE)).hasSize(1));
        Files.move(root, temp.resolve("away"));
        watch.until(() -> assertThat(watch.events(FILE)).endsWith(DELETED));
        Files.createDirectory(root);
        watch.append("-shop/new.jsonl", "{\"b\":1}\n");
        watch.until(() -> assertThat(watch.lines("-shop/new.jsonl")).containsExactly("{\"b\":1}"));
    }

    @ParameterizedTest(name = "hints {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("A file that cannot be read stops nothing, and is read when it can be")
    void unreadable(boolean hints) throws IOException {
        write(FILE, "{\"a\":1}\n");
        start(hints);
        watch.until(() -> assertThat(watch.lines(FILE)).hasSize(1));
        Files.delete(root.resolve(FILE));
        Files.createDirectory(root.resolve(FILE));
        watch.append("-shop/other.jsonl", "{\"o\":1}\n");
        watch.until(() -> assertThat(watch.lines("-shop/other.jsonl")).hasSize(1));
        watch.untilSwept();
        Files.delete(root.resolve(FILE));
        watch.append(FILE, "{\"b\":2}\n");
        watch.until(() -> assertThat(watch.lines(FILE)).containsExactly("{\"b\":2}"));
        watch.until(() -> assertThat(watch.status().unreadableFiles()).isZero());
    }

    @ParameterizedTest(name = "hints {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("What a symbolic link leads to is read once if it lies below the root, and not at all elsewhere")
    void symbolicLinks(boolean hints) throws IOException {
        Path secret = Files.createDirectory(temp.resolve("secret"));
        Files.writeString(secret.resolve("s.jsonl"), "{\"secret\":1}\n");
        write(FILE, "{\"a\":1}\n");
        Files.createSymbolicLink(root.resolve("before"), secret);
        start(hints);
        Files.createSymbolicLink(root.resolve("-link"), secret);
        Files.createSymbolicLink(root.resolve("-shop/link.jsonl"), secret.resolve("s.jsonl"));
        Files.createSymbolicLink(root.resolve("-again"), root.resolve("-shop"));
        Files.createSymbolicLink(root.resolve("-shop/loop"), root);
        watch.append(FILE, "{\"b\":2}\n");
        watch.until(() -> assertThat(watch.lines(FILE)).containsExactly("{\"a\":1}", "{\"b\":2}"));
        watch.untilSwept();
        assertThat(watch.sink.count()).isEqualTo(2);
        assertThat(watch.status().files()).isOne();
    }

    @Test
    @DisplayName("A directory replaced by a link to another place takes its files with it")
    void strayed() throws IOException {
        write(FILE, "{\"a\":1}\n");
        start(false);
        watch.until(() -> assertThat(watch.lines(FILE)).hasSize(1));
        Path away = Files.move(root.resolve("-shop"), temp.resolve("away"));
        Files.createSymbolicLink(root.resolve("-shop"), away);
        watch.until(() -> assertThat(watch.status().files()).isZero());
        watch.append(FILE, "{\"b\":2}\n");
        watch.untilSwept();
        assertThat(watch.lines(FILE)).containsExactly("{\"a\":1}");
    }

    @Test
    @DisplayName("Files that are no transcripts are left alone")
    void otherFiles() throws IOException {
        write("-shop/sessions-index.json", "{}\n");
        write("-shop/3f0e/tool-results/x.jsonl", "{}\n");
        write(FILE, "{}\n");
        start(false);
        watch.until(() -> assertThat(watch.status().files()).isOne());
    }

    @ParameterizedTest(name = "hints {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("1,000 appends over 50 files all arrive, each file's in order")
    void manyAppends(boolean hints) throws IOException {
        start(hints);
        for (int i = 0; i < 1000; i++) {
            watch.append("-project" + i % 10 + "/" + i % 50 + ".jsonl", "{\"n\":" + i + "}\n");
        }
        watch.until(() -> assertThat(watch.sink.count()).isEqualTo(1000));
        for (int file = 0; file < 50; file++) {
            int first = file;
            assertThat(watch.lines("-project" + file % 10 + "/" + file + ".jsonl"))
                    .containsExactlyElementsOf(IntStream.range(0, 20)
                            .mapToObj(i -> "{\"n\":" + (first + 50 * i) + "}")
                            .toList());
        }
    }

    @Test
    @DisplayName("A last line without newline is taken when the file has rested")
    void atRest() throws IOException {
        Files.setLastModifiedTime(
                write(FILE, "{\"a\":1}\n{\"b\":2}"), FileTime.from(Instant.now().minusSeconds(10)));
        start(false);
        watch.until(() -> assertThat(watch.lines(FILE)).containsExactly("{\"a\":1}", "{\"b\":2}"));
        watch.append("-shop/fresh.jsonl", "{\"c\":3}");
        watch.until(() -> assertThat(watch.lines("-shop/fresh.jsonl")).containsExactly("{\"c\":3}"));
    }

    @Test
    @DisplayName("The threads end when the watch is stopped, and are not started again")
    void stops() {
        start(true);
        watch.close();
        assertThat(watch.threads).hasSize(2).noneMatch(Thread::isAlive);
        watch.close();
        assertThat(watch.threads).hasSize(2);
    }

    @Test
    @DisplayName("A reading thread that died is started again and goes on where it was")
    void threadDies() throws IOException {
        start(true);
        watch.append(FILE, "{\"a\":1}\n");
        watch.until(() -> assertThat(watch.lines(FILE)).hasSize(1));
        watch.threads.forEach(Thread::interrupt);
        watch.until(() -> assertThat(watch.threads).hasSizeGreaterThan(2));
        watch.append(FILE, "{\"b\":2}\n");
        watch.until(() -> assertThat(watch.lines(FILE)).containsExactly("{\"a\":1}", "{\"b\":2}"));
    }
}
