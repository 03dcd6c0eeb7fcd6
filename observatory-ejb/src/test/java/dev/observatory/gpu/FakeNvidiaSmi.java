package dev.observatory.gpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/** A shell script in the place of nvidia-smi. What it writes to {@code $here} can be read. */
final class FakeNvidiaSmi {

    /** As an H200 and a card of which less is known are told. */
    static final String TWO_GPUS = """
            0, NVIDIA H200, 37, 1024, 143771, 41
            1, Quadro K420, [N/A], 5, 979, 50
            """;

    /** Enough for a script on a machine that is busy with other things. */
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    static final int MAX_OUTPUT_BYTES = 65536;

    private final Path folder;

    FakeNvidiaSmi(Path folder) {
        this.folder = folder;
    }

    /** Where it is, whether it is there or not. */
    String command() {
        return folder.resolve("nvidia-smi").toString();
    }

    NvidiaSmi asked() {
        return asked(TIMEOUT);
    }

    NvidiaSmi asked(Duration timeout) {
        return new NvidiaSmi(command(), timeout, MAX_OUTPUT_BYTES);
    }

    GpuConfig config() {
        return new GpuConfig(
                Optional.of(command()),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                TIMEOUT,
                MAX_OUTPUT_BYTES,
                Duration.ofSeconds(30));
    }

    FakeNvidiaSmi prints(String text) {
        return does("cat << 'END'\n" + text + "END\n");
    }

    /** What it does from now on. */
    FakeNvidiaSmi does(String commands) {
        try {
            Path script = folder.resolve("next");
            Files.writeString(script, "#!/bin/sh\nhere='" + folder + "'\n" + commands + "\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
            Files.move(script, Path.of(command()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** From now on there is none. */
    void leave() throws IOException {
        Files.deleteIfExists(Path.of(command()));
    }

    String written(String file) throws IOException {
        return Files.readString(folder.resolve(file)).strip();
    }

    ProcessHandle process(String file) throws IOException {
        return ProcessHandle.of(Long.parseLong(written(file))).orElse(null);
    }
}
