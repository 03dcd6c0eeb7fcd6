package dev.observatory.watch;

import dev.observatory.SettableClock;
import dev.observatory.transcript.TranscriptLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One real file with a tailer on it, read by the test's own thread. */
final class TailedFile {

    static final String NAME = "-shop/3f0e.jsonl";
    static final Duration AT_REST = Duration.ofSeconds(2);

    final SettableClock clock = new SettableClock(Instant.now());
    final RecordingSink sink;
    final Path path;
    private final Path root;
    private final Tailer tailer;
    private WatchedFile file;

    TailedFile(Path root, int turnBytes, int maxLineBytes) throws IOException {
        this(root, turnBytes, maxLineBytes, new RecordingSink());
    }

    TailedFile(Path root, int turnBytes, int maxLineBytes, RecordingSink sink) throws IOException {
        this.root = root;
        this.sink = sink;
        path = root.resolve(NAME);
        tailer = new Tailer(sink, turnBytes, maxLineBytes, AT_REST, clock);
        Files.createDirectories(path.getParent());
    }

    /** Makes it known, as one that is new or as one that lay there before. */
    TailedFile found(boolean backlog) throws IOException {
        file = new WatchedFile(
                new WatchedRoot(root),
                TranscriptLocation.of(root, path).orElseThrow(),
                path,
                Files.readAttributes(path, BasicFileAttributes.class),
                backlog,
                false);
        return this;
    }

    TailedFile write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.UTF_8), 0, text.getBytes(StandardCharsets.UTF_8).length);
    }

    TailedFile write(byte[] bytes, int from, int to) throws IOException {
        try (var out = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(bytes, from, to - from);
        }
        return this;
    }

    /** Writes the file anew, keeping its inode. */
    TailedFile rewrite(String text) throws IOException {
        Files.writeString(path, text);
        return this;
    }

    /** Puts another file in its place. */
    TailedFile replace(String text) throws IOException {
        Path other = path.resolveSibling("other.tmp");
        Files.writeString(other, text);
        Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
        return this;
    }

    boolean turn() throws IOException {
        return tailer.turn(file);
    }

    /** Has turns until the file wants no more. */
    TailedFile read() throws IOException {
        while (turn()) {
            // on
        }
        return this;
    }

    WatchedFile state() {
        return file;
    }

    List<String> lines() {
        return sink.lines(NAME);
    }

    List<String> told() {
        return sink.told(NAME);
    }
}
