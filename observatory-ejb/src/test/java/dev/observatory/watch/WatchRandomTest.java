package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchRandomTest {

    private static final int STEPS = 600;

    @TempDir
    Path temp;

    /** What each file has now; a deleted one is not in it. */
    private final Map<String, String> model = new HashMap<>();

    private Path root;

    @ParameterizedTest(name = "seed {0}, hints {1}")
    @CsvSource({"1,true", "2,true", "3,true", "4,true", "1,false", "2,false", "3,false", "4,false"})
    @DisplayName("Whatever is done to the files while they are read, at the end the lines are those they have")
    void endsRight(long seed, boolean hints) throws IOException {
        Random random = new Random(seed);
        root = Files.createDirectory(temp.resolve("projects"));
        for (int i = 0; i < 20; i++) {
            change(random, i);
        }
        try (WatchFixture watch = WatchFixture.of(WatchFixture.config(
                root, WatchFixture.MOMENT, hints ? WatchFixture.NEVER : WatchFixture.MOMENT, hints))) {
            for (int i = 20; i < STEPS; i++) {
                change(random, i);
                if (random.nextInt(100) == 0) {
                    watch.untilSwept();
                }
            }
            watch.until(() -> {
                assertThat(watch.status().files()).isEqualTo(model.size());
                model.forEach((path, content) ->
                        assertThat(watch.lines(path)).as(path).isEqualTo(lines(content)));
            });
        }
    }

    private static List<String> lines(String content) {
        int end = content.lastIndexOf('\n');
        return end <= 0 ? List.of() : List.of(content.substring(0, end).split("\n"));
    }

    private void change(Random random, int number) throws IOException {
        String path = "-p" + random.nextInt(3) + (random.nextBoolean() ? "/s/subagents/agent-" : "/")
                + random.nextInt(4) + ".jsonl";
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        String piece = number + ":" + "x".repeat(random.nextInt(200)) + "\n" + number + ":second\n"
                + (random.nextInt(3) == 0 ? number + ":unfinished" : "");
        switch (random.nextInt(10)) {
            case 0 -> {
                Files.deleteIfExists(file);
                model.remove(path);
            }
            case 1 -> {
                Files.writeString(file, piece);
                model.put(path, piece);
            }
            case 2 -> {
                Files.move(Files.writeString(temp.resolve("new"), piece), file, StandardCopyOption.REPLACE_EXISTING);
                model.put(path, piece);
            }
            default -> {
                String before = model.getOrDefault(path, "");
                try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                    int cut = random.nextInt(piece.length());
                    out.write(piece.substring(0, cut).getBytes(StandardCharsets.UTF_8));
                    out.write(piece.substring(cut).getBytes(StandardCharsets.UTF_8));
                }
                model.put(path, before + piece);
            }
        }
    }
}
