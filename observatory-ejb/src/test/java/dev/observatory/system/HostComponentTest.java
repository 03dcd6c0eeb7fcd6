package dev.observatory.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.observatory.FixedConfig;
import dev.observatory.message.HealthStatus;
import dev.observatory.message.SystemStatus.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The host")
class HostComponentTest {

    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    @Test
    @DisplayName("is degraded when its disk has less free than it needs, and says where")
    void needsRoom() {
        Host host = new Host(12.5, 3 * MIB, 8 * MIB, 256 * MIB, 1000 * MIB);
        assertThat(HostComponent.diagnose(host, 256 * MIB, folder))
                .isEqualTo(Diagnosis.ok("CPU 12.5 %, memory 3.0 of 8.0 MiB, disk 256.0 of 1000.0 MiB free"));
        assertThat(HostComponent.diagnose(host, 300 * MIB, folder))
                .isEqualTo(
                        Diagnosis.degraded("The disk of " + folder + " has 256.0 of 1000.0 MiB free, less than 300.0"));
        assertThat(HostComponent.diagnose(host, 256 * MIB + 1, folder).status()).isEqualTo(HealthStatus.DEGRADED);
    }

    @Test
    @DisplayName("is well also where only its disk is known")
    void isWellWithoutFigures() {
        assertThat(HostComponent.diagnose(new Host(null, null, null, MIB, 2 * MIB), MIB, folder))
                .isEqualTo(Diagnosis.ok("disk 1.0 of 2.0 MiB free"));
    }

    @Test
    @DisplayName("is this machine, whose figures are known from the first check on")
    void isThisMachine() throws IOException {
        HostComponent component = component(folder, 1);
        assertThat(component.figures()).isNull();

        assertThat(component.check().status()).isEqualTo(HealthStatus.OK);

        Host host = component.figures();
        assertThat(host.memoryTotal()).isPositive();
        assertThat(host.memoryUsed()).isBetween(1L, host.memoryTotal());
        assertThat(host.diskTotal()).isEqualTo(Files.getFileStore(folder).getTotalSpace());
        assertThat(host.diskFree()).isBetween(1L, host.diskTotal());
        assertThat(component(folder, Long.MAX_VALUE).check().status()).isEqualTo(HealthStatus.DEGRADED);
    }

    @Test
    @DisplayName("is known also while the folder of the data does not exist yet: by the parent that does")
    void looksAtTheParent() {
        HostComponent component = component(folder.resolve("not/yet/there"), 1);

        assertThat(component.check().status()).isEqualTo(HealthStatus.OK);
        assertThat(component.figures().diskTotal()).isPositive();
    }

    @ParameterizedTest(name = "{displayName}: {0} is {1}")
    @DisplayName("has its CPU in percent with one decimal, or none where it is not known")
    @CsvSource({"0, 0.0", "0.12345, 12.3", "1, 100.0", "-1,", "NaN,", "2,"})
    void roundsPercent(double share, Double percent) {
        assertThat(HostReader.percent(share)).isEqualTo(percent);
        assertThat(HostReader.percent(null)).isNull();
    }

    @Test
    @DisplayName("is not begun with a size that is none, which is named")
    void refusesSizes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> component(folder, 0))
                .withMessageContaining("observatory.system.min-disk-free is \"0\"");
    }

    private static HostComponent component(Path data, long minDiskFree) {
        HostComponent component = new HostComponent();
        component.config = new FixedConfig(Map.of(
                "observatory.data.dir",
                data.toString(),
                "observatory.system.min-disk-free",
                String.valueOf(minDiskFree)));
        component.start();
        return component;
    }
}
