package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeWalkTest {

    @TempDir
    Path root;

    private final List<String> met = new ArrayList<>();

    private final TreeWalk.Visitor visitor = new TreeWalk.Visitor() {
        @Override
        public void directory(Path directory) {
            met.add(root.relativize(directory) + "/");
        }

        @Override
        public void file(Path file, BasicFileAttributes entry) {
            met.add(root.relativize(file).toString());
        }

        @Override
        public void unreadable(Path path, IOException reason) {
            met.add("unreadable " + root.relativize(path));
        }
    };

    @Test
    @DisplayName("A walk meets everything below its start, each directory before what is in it")
    void meetsEverything() throws IOException {
        Files.createDirectories(root.resolve("a/b/c/d"));
        Files.createFile(root.resolve("a/b/c/d/deep"));
        Files.createFile(root.resolve("a/file"));
        TreeWalk.over(root, visitor);
        assertThat(met).containsExactlyInAnyOrder("/", "a/", "a/file", "a/b/", "a/b/c/", "a/b/c/d/", "a/b/c/d/deep");
        assertThat(met).containsSubsequence("/", "a/", "a/b/", "a/b/c/", "a/b/c/d/", "a/b/c/d/deep");
    }

    @Test
    @DisplayName("A walk in steps meets the same, so many entries a step")
    void inSteps() throws IOException {
        for (int i = 0; i < 10; i++) {
            Files.createFile(root.resolve("f" + i));
        }
        try (TreeWalk walk = new TreeWalk(root, visitor)) {
            assertThat(walk.step(3)).isTrue();
            assertThat(met).hasSize(4);
            while (walk.step(3)) {
                assertThat(met).hasSizeLessThan(12);
            }
        }
        assertThat(met).hasSize(11);
    }

    @Test
    @DisplayName("Symbolic links are met and not followed, except at the start")
    void links() throws IOException {
        Path real = Files.createDirectories(root.resolve("real/sub"));
        Files.createFile(real.resolve("file"));
        Files.createSymbolicLink(root.resolve("real/loop"), root);
        Path start = Files.createSymbolicLink(root.resolve("start"), root.resolve("real"));
        TreeWalk.over(start, visitor);
        assertThat(met).containsExactlyInAnyOrder("start/", "start/sub/", "start/loop", "start/sub/file");
    }

    @Test
    @DisplayName("A start that does not exist, and a directory that vanishes meanwhile, are passed over")
    void vanished() throws IOException {
        TreeWalk.over(root.resolve("nowhere"), visitor);
        Files.createDirectories(root.resolve("a/b"));
        met.clear();
        try (TreeWalk walk = new TreeWalk(root, visitor)) {
            walk.step(10);
            Files.delete(root.resolve("a/b"));
            Files.delete(root.resolve("a"));
            while (walk.step(10)) {
                // on
            }
        }
        assertThat(met).containsExactly("/", "a/");
    }
}
