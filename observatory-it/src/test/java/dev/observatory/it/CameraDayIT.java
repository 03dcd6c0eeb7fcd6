package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The example that plays a day of a camera pipeline. */
class CameraDayIT extends ServerTest {

    @Test
    @DisplayName(
            "half an hour of a camera pipeline is played through REST in a few seconds, and two clients miss nothing")
    void playsADay() throws Exception {
        File script = new File("../examples/CameraDay.java");
        Process player = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        script.getPath(),
                        "--url",
                        base.toString(),
                        "--hours",
                        "0.5",
                        "--speed",
                        "600")
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(player.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(player.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(player.exitValue()).as(output).isZero();
            assertThat(output)
                    .contains("ws/events got")
                    .contains("ws/system got")
                    .containsPattern("detection=\\d{2,}")
                    .containsPattern("gpu_stats=18\\d");
        } finally {
            player.destroyForcibly();
        }
    }
}
