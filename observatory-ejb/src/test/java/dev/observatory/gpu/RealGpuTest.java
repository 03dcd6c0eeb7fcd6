package dev.observatory.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.observatory.gpu.QueryResult.Absent;
import dev.observatory.gpu.QueryResult.Readings;
import dev.observatory.message.GpuStats;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** With the machine's own nvidia-smi; skipped, with the reason, where there is none or it finds no GPU. */
@DisplayName("A real GPU")
class RealGpuTest {

    private static final Logger LOG = System.getLogger(RealGpuTest.class.getName());

    private QueryResult result;

    @BeforeEach
    void ask() throws InterruptedException {
        result = new NvidiaSmi("nvidia-smi", Duration.ofSeconds(30), 65536).query();
        LOG.log(Level.INFO, "nvidia-smi: {0}", result);
        assumeFalse(result instanceof Absent, () -> "NOT TESTED: " + result);
    }

    @Test
    @DisplayName("C9.3 is read with its name, its memory and its temperature, all that there are, and every line")
    void isRead() throws IOException, InterruptedException {
        assertThat(result).isInstanceOf(Readings.class);
        Readings readings = (Readings) result;

        assertThat(readings.unreadableLines()).isZero();
        assertThat(readings.gpus()).hasSize(listed());
        List<GpuStats> samples =
                readings.gpus().stream().map(gpu -> gpu.at(Instant.now(), null)).toList();
        assertThat(samples).allSatisfy(gpu -> {
            assertThat(gpu.gpuName()).isNotBlank();
            assertThat(gpu.memoryTotal()).isGreaterThan(1L << 30);
            assertThat(gpu.memoryUsed()).isBetween(0L, gpu.memoryTotal());
            assertThat(gpu.temperature()).isBetween(5, 110);
        });
    }

    /** How many there are by another question. */
    private static int listed() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("nvidia-smi", "-L").redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).isZero();
        return (int) lines.stream().filter(line -> line.startsWith("GPU ")).count();
    }
}
