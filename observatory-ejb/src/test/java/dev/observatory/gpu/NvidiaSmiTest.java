package dev.observatory.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.gpu.QueryResult.Absent;
import dev.observatory.gpu.QueryResult.Failed;
import dev.observatory.gpu.QueryResult.Readings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real processes. The time limit is for a query that waits for something that never comes. */
@DisplayName("nvidia-smi")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is played by a shell script")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NvidiaSmiTest {

    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    private FakeNvidiaSmi fake;

    @BeforeEach
    void place() {
        fake = new FakeNvidiaSmi(folder);
    }

    @Test
    @DisplayName("is asked for what is read, in no other language and without units")
    void isAsked() throws Exception {
        fake.does("echo \"$*\" > \"$here/arguments\"; echo \"0, $LC_ALL, 1, 2, 3, 4\"");

        assertThat(fake.asked().query()).isEqualTo(readings(0, new GpuReading(0, "C", 1, 2 * MIB, 3 * MIB, 4)));
        assertThat(fake.written("arguments"))
                .isEqualTo("--query-gpu=index,name,utilization.gpu,memory.used,memory.total,temperature.gpu"
                        + " --format=csv,noheader,nounits");
    }

    @Test
    @DisplayName("tells of several GPUs, and of what it does not know of one")
    void tellsOfSeveral() throws Exception {
        fake.prints(FakeNvidiaSmi.TWO_GPUS);

        assertThat(fake.asked().query())
                .isEqualTo(readings(
                        0,
                        new GpuReading(0, "NVIDIA H200", 37, 1024 * MIB, 143771 * MIB, 41),
                        new GpuReading(1, "Quadro K420", null, 5 * MIB, 979 * MIB, 50)));
    }

    @Test
    @DisplayName("may name a GPU with commas, and may say some lines that cannot be read")
    void mixesGarbage() throws Exception {
        fake.prints("\u0001\u0002,,,\n0, H200, MIG 1g, 1, 2, 3, 4\n<b>,,,,,\n");

        assertThat(fake.asked().query())
                .isEqualTo(readings(2, new GpuReading(0, "H200, MIG 1g", 1, 2 * MIB, 3 * MIB, 4)));
    }

    @Test
    @DisplayName("fails when nothing of its answer can be read, and none of that is passed on")
    void failsByGarbage() throws Exception {
        fake.does("head -c 5000 /dev/urandom | tr '\\n,' 'xx'; echo secret");

        assertThat(fake.asked().query()).isEqualTo(new Failed(fake.command() + ": nothing of its answer can be read"));
    }

    @Test
    @DisplayName("names no GPU when it says nothing")
    void saysNothing() throws Exception {
        fake.does(":");

        assertThat(fake.asked().query()).isEqualTo(new Absent(fake.command() + " names no GPU"));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("finds no GPU when it says so, whatever its status is")
    @ValueSource(strings = {"echo No devices were found", "echo No devices were found >&2; exit 6"})
    void findsNone(String commands) throws Exception {
        fake.does(commands);

        assertThat(fake.asked().query()).isEqualTo(new Absent(fake.command() + " finds no GPU"));
    }

    @Test
    @DisplayName("fails by its status, with the first line that it says, as far as that can be shown")
    void failsByStatus() throws Exception {
        fake.does(
                "printf '\\n\\033[31mNo driver \\303\\244\\007%s\\nmore' \"$(head -c 300 /dev/zero | tr '\\0' x)\"; exit 9");

        assertThat(fake.asked().query())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.reason())
                                .startsWith(fake.command() + " ended with status 9: [31mNo driver")
                                .endsWith("xxx")
                                .matches("[ -~]+")
                                .hasSize((fake.command() + " ended with status 9: ").length() + 200));
    }

    @Test
    @DisplayName("fails by its status, although it names GPUs; but not when that tells of a damaged description only")
    void tellsWithStatus() throws Exception {
        fake.does("echo 0, A, 1, 2, 3, 4; exit 15");
        assertThat(fake.asked().query())
                .isEqualTo(new Failed(fake.command() + " ended with status 15: 0, A, 1, 2, 3, 4"));

        fake.does("echo 0, A, 1, 2, 3, 4; echo WARNING: infoROM is corrupted at gpu 0000:02:00.0; exit 14");
        assertThat(fake.asked().query()).isEqualTo(readings(1, new GpuReading(0, "A", 1, 2 * MIB, 3 * MIB, 4)));
    }

    @Test
    @DisplayName("fails when it only complains, whatever its status is")
    void complains() throws Exception {
        fake.does("echo 'cannot open display' >&2");
        assertThat(fake.asked().query()).isEqualTo(new Failed(fake.command() + " names no GPU: cannot open display"));

        fake.does("echo 'cannot open display' >&2; exit 1");
        assertThat(fake.asked().query())
                .isEqualTo(new Failed(fake.command() + " ended with status 1: cannot open display"));
    }

    @Test
    @DisplayName("may complain beside its answer")
    void complainsBesides() throws Exception {
        fake.does("echo '1, B, 1, 2, 3, 4' >&2; echo 0, A, 1, 2, 3, 4");

        assertThat(fake.asked().query()).isEqualTo(readings(0, new GpuReading(0, "A", 1, 2 * MIB, 3 * MIB, 4)));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("may be missing, as a file or on the path")
    @ValueSource(strings = {"/nowhere/nvidia-smi", "no-such-program-9f1c"})
    void isMissing(String command) throws Exception {
        assertThat(new NvidiaSmi(command, FakeNvidiaSmi.TIMEOUT, 1000).query())
                .isEqualTo(new Absent("there is no " + command));
    }

    @Test
    @DisplayName("fails when it is there, but is no program")
    void isNoProgram() throws Exception {
        Files.writeString(Path.of(fake.command()), "text");

        assertThat(fake.asked().query())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.reason()).startsWith(fake.command() + ": it cannot be started: "));
    }

    @Test
    @DisplayName("is told nothing: one that waits for input goes on")
    void getsNoInput() throws Exception {
        fake.does("cat; echo 0, A, 1, 2, 3, 4");

        assertThat(fake.asked().query()).isInstanceOf(Readings.class);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("is killed with its children when it hangs, also when it does not want to go")
    @ValueSource(strings = {"", "trap '' TERM INT HUP", "echo 0, A, 1, 2, 3, 4"})
    void hangs(String first) throws Exception {
        fake.does(first + "\necho $$ > \"$here/own\"\n"
                + "sh -c 'sleep 1000 & echo $! > \"$0/grandchild\"; wait' \"$here\" &\n"
                + "echo $! > \"$here/child\"; wait");
        Duration timeout = Duration.ofSeconds(5);

        assertThat(fake.asked(timeout).query())
                .isEqualTo(new Failed(fake.command() + ": it has not ended within " + timeout));
        for (String process : List.of("own", "child", "grandchild")) {
            awaitEnd(process);
        }
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("is killed when it says too much, on either output, in lines or without")
    @ValueSource(
            strings = {
                "exec yes 0, A, 1, 2, 3, 4",
                "yes 0, A, 1, 2, 3, 4",
                "yes >&2",
                "exec cat /dev/zero",
                "while :; do echo x; echo y >&2; done"
            })
    void floods(String commands) throws Exception {
        fake.does("echo $$ > \"$here/own\"\n" + commands);

        assertThat(fake.asked().query()).isEqualTo(new Failed(fake.command() + ": it writes more than 65536 bytes"));
        awaitEnd("own");
    }

    @Test
    @DisplayName("may say as much as it may, which is more than a pipe holds")
    void saysMuch() throws Exception {
        fake.does("yes | head -c 300000; echo 0, A, 1, 2, 3, 4; yes | head -c 300000 >&2");
        NvidiaSmi asked = new NvidiaSmi(fake.command(), FakeNvidiaSmi.TIMEOUT, 300_017);

        assertThat(asked.query()).isEqualTo(readings(150_000, new GpuReading(0, "A", 1, 2 * MIB, 3 * MIB, 4)));
        assertThat(new NvidiaSmi(fake.command(), FakeNvidiaSmi.TIMEOUT, 300_016).query())
                .isEqualTo(new Failed(fake.command() + ": it writes more than 300016 bytes"));
    }

    @Test
    @DisplayName("has answered when it ends, although something that it began keeps its outputs")
    void leavesSomethingBehind() throws Exception {
        fake.does("sleep 1000 &\necho $! > \"$here/child\"; echo 0, A, 1, 2, 3, 4");
        try {
            assertThat(fake.asked().query()).isInstanceOf(Readings.class);
        } finally {
            fake.process("child").destroyForcibly();
        }
    }

    @Test
    @DisplayName("is killed when it is stopped from elsewhere")
    void isStopped() throws Exception {
        fake.does("echo $$ > \"$here/own.new\"; mv \"$here/own.new\" \"$here/own\"; exec sleep 1000");
        NvidiaSmi asked = fake.asked();
        asked.stop();
        CompletableFuture<QueryResult> result = CompletableFuture.supplyAsync(() -> uninterrupted(asked));
        Awaitility.await().until(() -> Files.exists(folder.resolve("own")));

        asked.stop();

        assertThat(ended(result)).isInstanceOf(Failed.class);
        awaitEnd("own");
    }

    @Test
    @DisplayName("can be asked again after it has been killed")
    void isAskedAgain() throws Exception {
        fake.does("exec yes");
        NvidiaSmi asked = fake.asked();
        assertThat(asked.query()).isInstanceOf(Failed.class);

        fake.prints(FakeNvidiaSmi.TWO_GPUS);

        assertThat(asked.query()).isInstanceOf(Readings.class);
    }

    private static QueryResult uninterrupted(NvidiaSmi asked) {
        try {
            return asked.query();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static QueryResult ended(CompletableFuture<QueryResult> result)
            throws InterruptedException, ExecutionException, TimeoutException {
        return result.get(1, TimeUnit.MINUTES);
    }

    private void awaitEnd(String process) throws IOException {
        ProcessHandle handle = fake.process(process);
        if (handle != null) {
            Awaitility.await().alias(process).until(() -> !handle.isAlive());
        }
    }

    private static Readings readings(int unreadableLines, GpuReading... gpus) {
        return new Readings(List.of(gpus), unreadableLines);
    }
}
