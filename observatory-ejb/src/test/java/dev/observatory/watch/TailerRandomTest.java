package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailerRandomTest {

    private static final int STEPS = 400;
    private static final int MAX_LINE = 120;

    @TempDir
    Path root;

    /** What the naive model says: split the whole content at its newlines, leave out what is empty or too long. */
    private static List<String> model(String content) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = content.indexOf('\n'); end >= 0; end = content.indexOf('\n', start)) {
            String line = content.substring(start, end);
            int bytes = line.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > 0 && bytes <= MAX_LINE) {
                lines.add(line);
            }
            start = end + 1;
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    @DisplayName("Whatever is done to a file, the lines read are those it has")
    void linesAreThoseOfTheFile(long seed) throws IOException {
        Random random = new Random(seed);
        TailedFile file = new TailedFile(root, 1 + random.nextInt(100), MAX_LINE)
                .write("")
                .found(random.nextBoolean());
        String content = "";
        int number = 0;
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(20)) {
                case 0 -> file.rewrite(content = piece(random, number++));
                case 1 -> file.replace(content = piece(random, number++));
                case 2 -> file.rewrite(content = "");
                case 3 -> {
                    Files.delete(file.path);
                    file.rewrite(content = piece(random, number++));
                }
                case 4, 5, 6 -> turnOrTwo(file, random);
                case 7 -> file.read();
                default -> {
                    byte[] bytes = piece(random, number++).getBytes(StandardCharsets.UTF_8);
                    content += new String(bytes, StandardCharsets.UTF_8);
                    int cut = random.nextInt(bytes.length + 1);
                    file.write(bytes, 0, cut);
                    turnOrTwo(file, random);
                    file.write(bytes, cut, bytes.length);
                }
            }
            if (random.nextInt(10) == 0) {
                assertThat(file.read().lines()).as("after step %d", step).isEqualTo(model(content));
            }
        }
        assertThat(file.read().lines()).isEqualTo(model(content));
    }

    private static void turnOrTwo(TailedFile file, Random random) throws IOException {
        for (int turns = random.nextInt(3); turns > 0; turns--) {
            try {
                file.turn();
            } catch (NoSuchFileException gone) {
                throw new IllegalStateException("the file is there", gone);
            }
        }
    }

    /** A few lines, no two alike; the last of them often without its newline. */
    private static String piece(Random random, int number) {
        StringBuilder piece = new StringBuilder();
        for (int line = random.nextInt(4); line >= 0; line--) {
            piece.append(number).append(':').append(line).append("\u00fc".repeat(random.nextInt(70)));
            if (line > 0 || random.nextInt(3) > 0) {
                piece.append('\n');
            }
        }
        return piece.toString();
    }
}
