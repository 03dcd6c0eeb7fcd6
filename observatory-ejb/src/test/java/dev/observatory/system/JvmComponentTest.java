package dev.observatory.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.observatory.FixedConfig;
import dev.observatory.message.HealthStatus;
import dev.observatory.message.SystemStatus.Jvm;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The JVM")
class JvmComponentTest {

    private static final long MIB = 1 << 20;

    @Test
    @DisplayName("is degraded when a collection leaves more than 95 % of its heap, and says how much in any case")
    void needsRoom() {
        assertThat(JvmComponent.diagnose(0, 200 * MIB, 95))
                .isEqualTo(Diagnosis.ok("no collection of its heap of 200 MiB yet"));
        assertThat(JvmComponent.diagnose(190 * MIB, 200 * MIB, 95))
                .isEqualTo(Diagnosis.ok("190 of 200 MiB heap were in use after the last collection"));
        assertThat(JvmComponent.diagnose(190 * MIB + 1, 200 * MIB, 95))
                .isEqualTo(Diagnosis.degraded(
                        "190 of 200 MiB heap were in use after the last collection, more than 95 %"));
    }

    @Test
    @DisplayName("is this one, and well while hardly anything of its heap is needed")
    void isThisOne() {
        JvmComponent component = component("95");
        byte[] held = new byte[16 << 20];
        System.gc();

        Jvm jvm = component.figures();

        assertThat(JvmComponent.heapAfterCollection()).isBetween((long) held.length, jvm.heapMax());
        assertThat(component.check().status()).isEqualTo(HealthStatus.OK);
        assertThat(jvm.heapMax()).isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(jvm.heapUsed()).isBetween((long) held.length, jvm.heapMax());
        assertThat(jvm.threads()).isPositive();
        assertThat(jvm.uptimeSeconds()).isNotNegative();
        assertThat(jvm.version()).startsWith(String.valueOf(Runtime.version().feature()));
    }

    @ParameterizedTest
    @DisplayName("is not begun with a limit that is no percentage, which is named")
    @ValueSource(strings = {"0", "101", "-5"})
    void refusesLimits(String percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> component(percent))
                .withMessageContaining("observatory.system.max-heap-percent is \"" + percent + "\"");
    }

    private static JvmComponent component(String percent) {
        JvmComponent component = new JvmComponent();
        component.config = new FixedConfig(Map.of("observatory.system.max-heap-percent", percent));
        component.start();
        return component;
    }
}
