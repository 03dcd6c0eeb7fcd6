package dev.observatory.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes files. */
final class Folders {

    private Folders() {}

    /** Deletes a file, or a folder with everything in it, if it is there. Links are deleted, never followed. */
    static void delete(Path start) throws IOException {
        if (Files.notExists(start)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(start)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
