package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthIT extends ServerTest {

    @ParameterizedTest
    @ValueSource(strings = {"live", "started", "ready"})
    @DisplayName("the server says that it lives, has started, and is ready")
    void says(String question) {
        JsonObject answer = Server.json(server.get("api/health/" + question, 200));

        assertThat(answer.getString("status")).isNotEmpty();
    }

    @Test
    @DisplayName("every component is well and was checked a moment ago, and so is the whole")
    void isWell() {
        JsonObject health = awaitStatus(server, "ok");

        assertThat(health.getJsonArray("components").getValuesAs(JsonObject.class))
                .extracting(component -> component.getString("name"))
                .containsExactly("database", "delivery", "gpu", "host", "journal", "jvm", "watcher");
        assertThat(health.getJsonArray("components").getValuesAs(JsonObject.class))
                .allSatisfy(component -> {
                    assertThat(component.getString("status")).isEqualTo("ok");
                    assertThat(Instant.parse(component.getString("last_checked")))
                            .isAfter(Instant.now().minusSeconds(30));
                });
        Awaitility.await()
                .until(() -> Server.json(server.get("api/status", 200))
                        .getString("health")
                        .equals("ok"));
    }

    @Test
    @DisplayName("a question about health that does not exist is answered with a problem")
    void unknown() {
        assertThat(Server.json(server.get("api/health/happy", 404)).getInt("status"))
                .isEqualTo(404);
    }

    /** Waits until the whole is of that status, and returns how everything is. */
    static JsonObject awaitStatus(Server server, String status) {
        return Awaitility.await()
                .alias("health is " + status)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> Server.json(server.get("api/health", 200)),
                        health -> health.getString("status").equals(status));
    }
}
