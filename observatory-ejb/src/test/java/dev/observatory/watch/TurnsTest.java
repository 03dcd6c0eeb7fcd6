package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.transcript.TranscriptLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsTest {

    @TempDir
    Path root;

    private final Turns turns = new Turns();

    private WatchedFile file(String name, int age, boolean backlog) throws IOException {
        Path path = Files.writeString(root.resolve(name + ".jsonl"), "{}\n");
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(age)));
        return new WatchedFile(
                new WatchedRoot(root),
                TranscriptLocation.of(root, path).orElseThrow(),
                path,
                Files.readAttributes(path, BasicFileAttributes.class),
                backlog,
                false);
    }

    @Test
    @DisplayName("Live files have their turns in the order of asking, each once however often it asked")
    void liveInOrder() throws IOException {
        WatchedFile a = file("a", 1, false);
        WatchedFile b = file("b", 2, false);
        turns.live(a);
        turns.live(b);
        turns.live(a);
        assertThat(turns.nextLive()).isSameAs(a);
        turns.live(a);
        assertThat(turns.nextLive()).isSameAs(b);
        assertThat(turns.nextLive()).isSameAs(a);
        assertThat(turns.liveWaits()).isFalse();
    }

    @Test
    @DisplayName("The backlog is served newest first, also when a file comes back for another turn")
    void backlogNewestFirst() throws IOException {
        WatchedFile old = file("old", 1000, true);
        WatchedFile newer = file("new", 10, true);
        turns.backlog(old);
        turns.backlog(newer);
        assertThat(turns.nextBacklog()).isSameAs(newer);
        turns.backlog(newer);
        assertThat(turns.nextBacklog()).isSameAs(newer);
        assertThat(turns.nextBacklog()).isSameAs(old);
    }

    @Test
    @DisplayName("A file of the backlog that is in use leaves it for the live ones, not the other way round")
    void promoted() throws IOException {
        WatchedFile file = file("a", 1, true);
        turns.backlog(file);
        turns.live(file);
        turns.backlog(file);
        assertThat(turns.backlogWaits()).isFalse();
        assertThat(turns.nextLive()).isSameAs(file);
    }

    @Test
    @DisplayName("A file whose backlog is read waits with the live ones")
    void backlogRead() throws IOException {
        turns.backlog(file("a", 1, false));
        assertThat(turns.liveWaits()).isTrue();
    }

    @Test
    @DisplayName("A withdrawn file has no turn")
    void withdrawn() throws IOException {
        WatchedFile live = file("a", 1, false);
        WatchedFile backlog = file("b", 1, true);
        turns.live(live);
        turns.backlog(backlog);
        turns.withdraw(live);
        turns.withdraw(backlog);
        turns.withdraw(backlog);
        assertThat(turns.liveWaits() || turns.backlogWaits()).isFalse();
    }
}
