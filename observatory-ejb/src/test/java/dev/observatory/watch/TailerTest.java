package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.observatory.transcript.TranscriptLocation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailerTest {

    private static final int KB = 1024;
    private static final int MB = 1024 * KB;
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    @TempDir
    Path root;

    private TailedFile file(String text) throws IOException {
        return new TailedFile(root, 64 * KB, MB).write(text).found(false);
    }

    @Test
    @DisplayName("Complete lines are handed over once, in order, and without their newline")
    void linesOnce() throws IOException {
        TailedFile file = file("{\"n\":1}\n{\"n\":2}\n").read();
        file.write("{\"n\":3}\n").read().read();
        assertThat(file.lines()).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
        assertThat(file.told()).containsExactly("flush", "flush");
    }

    @Test
    @DisplayName("A line cut at any byte, even inside a character, is handed over whole when it is complete")
    void cutAnywhere() throws IOException {
        String line = "{\"text\":\"Gr\u00fc\u00dfe \u65e5\u672c\u8a9e \ud83d\ude80\"}";
        byte[] bytes = ("{\"a\":1}\n" + line + "\n{\"b\":2}\n").getBytes(StandardCharsets.UTF_8);
        for (int turnBytes : new int[] {64 * KB, 5}) {
            for (int cut = 0; cut <= bytes.length; cut++) {
                TailedFile file = new TailedFile(root.resolve(turnBytes + "-" + cut), turnBytes, MB)
                        .write(bytes, 0, cut)
                        .found(false)
                        .read();
                file.write(bytes, cut, bytes.length).read();
                assertThat(file.lines())
                        .as("cut at %d, read %d bytes a turn", cut, turnBytes)
                        .containsExactly("{\"a\":1}", line, "{\"b\":2}");
            }
        }
    }

    @Test
    @DisplayName("Lines that come byte by byte are handed over as they end")
    void byteByByte() throws IOException {
        byte[] bytes = "{\"a\":1}\n\n{\"\u00e4\":2}\n".getBytes(StandardCharsets.UTF_8);
        TailedFile file = file("");
        for (int i = 0; i < bytes.length; i++) {
            file.write(bytes, i, i + 1).read();
        }
        assertThat(file.lines()).containsExactly("{\"a\":1}", "{\"\u00e4\":2}");
    }

    @Test
    @DisplayName("Only the newline byte ends a line: a raw U+2028 or a carriage return is part of it")
    void onlyNewlineEnds() throws IOException {
        assertThat(file("{\"a\":\"x\u2028y\"}\r\n").read().lines()).containsExactly("{\"a\":\"x\u2028y\"}\r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n"})
    @DisplayName("A file with nothing in it is made known once it rests, and once only")
    void emptyFile(String text) throws IOException {
        TailedFile file = file(text).read();
        assertThat(file.told()).isEmpty();
        file.clock.advance(TWO_SECONDS);
        file.read().read();
        assertThat(file.told()).containsExactly("flush");
        file.write("{\"a\":1}\n").read();
        assertThat(file.lines()).containsExactly("{\"a\":1}");
        assertThat(file.told()).containsExactly("flush", "flush");
    }

    @Test
    @DisplayName("Empty lines are passed over")
    void emptyLines() throws IOException {
        assertThat(file("\n\n{\"a\":1}\n\n").read().lines()).containsExactly("{\"a\":1}");
    }

    @Test
    @DisplayName("A turn reads so many bytes and no more, and says whether there is more")
    void turnIsBounded() throws IOException {
        TailedFile file =
                new TailedFile(root, 10, MB).write("1234\n5678\n9012\n34").found(false);
        assertThat(file.turn()).isTrue();
        assertThat(file.lines()).containsExactly("1234", "5678");
        assertThat(file.turn()).isFalse();
        assertThat(file.lines()).containsExactly("1234", "5678", "9012");
        assertThat(file.state().lag()).isZero();
    }

    @Test
    @DisplayName("Lines longer than the buffer, as long as it, and around it are handed over whole")
    void linesAroundTheBuffer() throws IOException {
        int turnBytes = 16;
        List<String> lines = new ArrayList<>();
        for (int length = 1; length < 100; length++) {
            lines.add("x".repeat(length));
        }
        Collections.rotate(lines, 40);
        TailedFile file = new TailedFile(root, turnBytes, MB)
                .write(String.join("\n", lines) + "\n")
                .found(false)
                .read();
        assertThat(file.lines()).isEqualTo(lines);
    }

    @Test
    @DisplayName("A line over the limit is skipped and reported with its length, and what follows is read")
    void oversized() throws IOException {
        for (int turnBytes : new int[] {7, 100, 64 * KB}) {
            TailedFile file = new TailedFile(root.resolve("turn" + turnBytes), turnBytes, 50)
                    .write("short\n" + "x".repeat(50) + "\n" + "y".repeat(51) + "\nafter\n")
                    .found(false)
                    .read();
            assertThat(file.lines()).containsExactly("short", "x".repeat(50), "after");
            assertThat(file.told()).contains("oversized 51");
        }
    }

    @Test
    @DisplayName("An oversized line that comes in pieces is reported once, when it ends")
    void oversizedInPieces() throws IOException {
        TailedFile file = new TailedFile(root, 16, 50).write("").found(false);
        for (int i = 0; i < 20; i++) {
            file.write("0123456789").read();
            file.clock.advance(TWO_SECONDS);
            file.read();
        }
        assertThat(file.told()).noneMatch(call -> call.startsWith("oversized"));
        file.write("\n{}\n").read();
        assertThat(file.told()).containsOnlyOnce("oversized 200");
        assertThat(file.lines()).containsExactly("{}");
    }

    @Test
    @DisplayName("A line of 400 MB is skipped without memory for it")
    void flatMemory() throws IOException {
        TailedFile file = new TailedFile(root, 256 * KB, 16 * MB).write("{}\n");
        long length = 400L * MB;
        try (RandomAccessFile sparse = new RandomAccessFile(file.path.toFile(), "rw")) {
            sparse.setLength(3 + length);
        }
        file.write("\n{\"after\":1}\n").found(false);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        file.read();
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(file.lines()).containsExactly("{}", "{\"after\":1}");
        assertThat(file.told()).contains("oversized " + length);
        assertThat(allocated).isLessThan(32L * MB);
    }

    @Test
    @DisplayName(
            "At rest, a complete last line is taken without its newline, and the newline that comes later adds nothing")
    void takenAtRest() throws IOException {
        TailedFile file = file("{\"a\":1}\n{\"b\":2}");
        file.clock.advance(Duration.ofMillis(1));
        file.read();
        assertThat(file.lines()).containsExactly("{\"a\":1}");
        file.clock.advance(TWO_SECONDS);
        file.read();
        assertThat(file.lines()).containsExactly("{\"a\":1}", "{\"b\":2}");
        file.write("\n{\"c\":3}\n").read();
        assertThat(file.lines()).containsExactly("{\"a\":1}", "{\"b\":2}", "{\"c\":3}");
    }

    @Test
    @DisplayName("At rest, an incomplete last line is offered once for each size it has, and read when it is complete")
    void refusedAtRest() throws IOException {
        TailedFile file = file("{\"a\":").read();
        file.clock.advance(TWO_SECONDS);
        file.read().read();
        file.write("1").read();
        file.clock.advance(TWO_SECONDS);
        file.read().read();
        assertThat(file.told()).containsExactly("refused {\"a\":", "refused {\"a\":1");
        file.write("}\n").read();
        assertThat(file.lines()).containsExactly("{\"a\":1}");
    }

    @Test
    @DisplayName("A last line that grows is not at rest")
    void growingIsNotResting() throws IOException {
        TailedFile file = file("{").read();
        for (int i = 0; i < 10; i++) {
            file.clock.advance(TWO_SECONDS.minusMillis(1));
            file.write("}").read();
        }
        assertThat(file.told()).isEmpty();
    }

    @Test
    @DisplayName("At rest, a last line longer than the buffer is taken too, one over the limit never")
    void longLineAtRest() throws IOException {
        TailedFile file = new TailedFile(root, 10, 30)
                .write("{" + "x".repeat(28) + "}")
                .found(false)
                .read();
        file.clock.advance(TWO_SECONDS);
        assertThat(file.read().lines()).containsExactly("{" + "x".repeat(28) + "}");
        file.write("\n{" + "x".repeat(29) + "}").read();
        file.clock.advance(TWO_SECONDS);
        assertThat(file.read().lines()).hasSize(1);
    }

    @Test
    @DisplayName("A file that became shorter is read again from its first line")
    void truncated() throws IOException {
        TailedFile file = file("{\"a\":1}\n{\"b\":2}\n").read();
        file.rewrite("{\"c\":3}\n").read();
        assertThat(file.lines()).containsExactly("{\"c\":3}");
        assertThat(file.told()).containsExactly("flush", "restart", "flush");
        assertThat(file.state().lastReport().isOfMoreThan(file.state().size())).isTrue();
    }

    @Test
    @DisplayName("A file emptied and filled again is read again from its first line")
    void truncatedToNothing() throws IOException {
        TailedFile file = file("{\"a\":1}\n").read();
        file.rewrite("").read();
        assertThat(file.lines()).isEmpty();
        file.write("{\"b\":2}\n").read();
        assertThat(file.lines()).containsExactly("{\"b\":2}");
    }

    @Test
    @DisplayName("Another file of the same size in the same place is read from its first line")
    void replacedBySameSize() throws IOException {
        TailedFile file = file("{\"a\":1}\n").read();
        file.replace("{\"b\":2}\n").read();
        assertThat(file.lines()).containsExactly("{\"b\":2}");
        assertThat(file.told()).contains("restart");
    }

    @Test
    @DisplayName("A file rewritten in its own place with the same size is read from its first line")
    void rewrittenWithSameSize() throws IOException {
        TailedFile file = file("{\"a\":1}\n").read();
        file.rewrite("{\"b\":2}\n").read();
        assertThat(file.lines()).containsExactly("{\"b\":2}");
    }

    @Test
    @DisplayName("A longer file with another head is read from its first line")
    void rewrittenLonger() throws IOException {
        TailedFile file = file("{\"a\":1}\n").read();
        file.rewrite("{\"b\":2}\n{\"c\":3}\n").read();
        assertThat(file.lines()).containsExactly("{\"b\":2}", "{\"c\":3}");
    }

    @Test
    @DisplayName("Growing beyond the first 4 KB does not make it another file")
    void headGrows() throws IOException {
        TailedFile file = file("");
        for (int i = 0; i < 300; i++) {
            file.write("{\"number\":\"" + i + "\",\"padding\":\"....................\"}\n")
                    .read();
        }
        assertThat(file.lines()).hasSize(300);
        assertThat(file.told()).doesNotContain("restart");
    }

    @Test
    @DisplayName("An unfinished line that is taken back and written anew is read once, without a restart")
    void unfinishedTakenBack() throws IOException {
        TailedFile file = file("{\"a\":1}\n{\"wrong").read();
        file.rewrite("{\"a\":1}\n").read();
        file.write("{\"b\":2}\n").read();
        assertThat(file.lines()).containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(file.told()).doesNotContain("restart");
    }

    @Test
    @DisplayName(
            "An unfinished line longer than the buffer that is written anew with other lines is not believed any more")
    void longUnfinishedRewritten() throws IOException {
        TailedFile file = new TailedFile(root, 10, 1000)
                .write("x".repeat(100))
                .found(false)
                .read();
        file.rewrite("{\"a\":1}\n{\"b\":2}\n" + "y".repeat(100) + "\n").read();
        assertThat(file.lines()).containsExactly("{\"a\":1}", "{\"b\":2}", "y".repeat(100));
    }

    @Test
    @DisplayName("What lay there at first is read as backlog, what came since as live, never both in one turn")
    void backlogAndLive() throws IOException {
        TailedFile file =
                new TailedFile(root, 64 * KB, MB).write("{\"old\":1}\n{\"ol").found(true);
        file.write("d\":2}\n{\"new\":3}\n");
        assertThat(file.state().backlogLeft()).isEqualTo(14);
        assertThat(file.turn()).isTrue();
        assertThat(file.lines()).containsExactly("{\"old\":1}");
        assertThat(file.state().backlogLeft()).isZero();
        file.read();
        assertThat(file.lines()).containsExactly("{\"old\":1}", "{\"old\":2}", "{\"new\":3}");
        assertThat(file.told()).containsExactly("flush backlog", "flush");
    }

    @Test
    @DisplayName("A backlog that became shorter before it was read has an end")
    void backlogTruncated() throws IOException {
        TailedFile file = new TailedFile(root, 64 * KB, MB)
                .write("{\"old\":1}\n{\"old\":2}\n")
                .found(true);
        file.rewrite("{\"new\":1}\n").read();
        assertThat(file.state().readingBacklog()).isFalse();
        assertThat(file.lines()).containsExactly("{\"new\":1}");
    }

    @Test
    @DisplayName("A line at which the reader fails is not offered again, the next ones are")
    void failingReader() throws IOException {
        RecordingSink failing = new RecordingSink() {
            @Override
            public void line(TranscriptLocation file, byte[] buffer, int offset, int length) {
                if (buffer[offset] == '!') {
                    throw new IllegalStateException("cannot take that");
                }
                super.line(file, buffer, offset, length);
            }
        };
        TailedFile file =
                new TailedFile(root, 64 * KB, MB, failing).write("a\n!\nb\n").found(false);
        assertThatThrownBy(file::turn).isInstanceOf(IllegalStateException.class);
        assertThat(file.read().lines()).containsExactly("a", "b");
    }

    @Test
    @DisplayName("A deleted file is said to be gone")
    void deleted() throws IOException {
        TailedFile file = file("{}\n").read();
        Files.delete(file.path);
        assertThatThrownBy(file::turn).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @DisplayName("A directory in the file's place cannot be read; a file there can be again")
    void directoryInItsPlace() throws IOException {
        TailedFile file = file("{\"a\":1}\n").read();
        Files.delete(file.path);
        Files.createDirectory(file.path);
        assertThatThrownBy(file::turn)
                .isInstanceOf(FileSystemException.class)
                .isNotInstanceOfAny(NoSuchFileException.class, FileNotFoundException.class);
        Files.delete(file.path);
        file.write("{\"b\":2}\n").read();
        assertThat(file.lines()).containsExactly("{\"b\":2}");
    }

    @Test
    @DisplayName("A symbolic link in the file's place is not followed")
    void linkInItsPlace() throws IOException {
        TailedFile file = file("{\"a\":1}\n").read();
        Path secret = Files.writeString(root.resolve("secret"), "{\"secret\":1}\n");
        Files.delete(file.path);
        Files.createSymbolicLink(file.path, secret);
        assertThatThrownBy(file::turn).isInstanceOf(NoSuchFileException.class);
        assertThat(file.lines()).containsExactly("{\"a\":1}");
    }

    @Test
    @DisplayName("A file replaced while it was being read goes on with its own lines, then with the other's")
    void replacedWhileRead() throws IOException {
        TailedFile file =
                new TailedFile(root, 8, MB).write("{\"a\":1}\n{\"a\":2}\n").found(false);
        assertThat(file.turn()).isTrue();
        file.replace("{\"b\":1}\n{\"b\":2}\n{\"b\":3}\n").read();
        assertThat(file.lines()).containsExactly("{\"b\":1}", "{\"b\":2}", "{\"b\":3}");
    }

    @Test
    @DisplayName("NUL bytes and invalid UTF-8 are handed over like any other line")
    void hostileBytes() throws IOException {
        TailedFile file = file("{\"a\":1}\n");
        Files.write(file.path, new byte[] {0, 0, (byte) 0xFF, (byte) 0xC3, '\n'}, StandardOpenOption.APPEND);
        file.write("{\"b\":2}\n").read();
        assertThat(file.lines()).hasSize(3).startsWith("{\"a\":1}").endsWith("{\"b\":2}");
    }
}
