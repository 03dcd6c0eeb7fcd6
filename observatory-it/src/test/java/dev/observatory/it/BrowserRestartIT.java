package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.Browser;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A page stays open while its server goes and comes. */
class BrowserRestartIT {

    @RegisterExtension
    static final Browser browser = new Browser();

    @TempDir
    Path folder;

    private AgentFiles agent;

    @Test
    @DisplayName(
            "W4.4 after an orderly restart a page gets what it has missed and goes on, after a kill it is told to begin"
                    + " anew")
    void comesBack() throws Exception {
        agent = new AgentFiles(folder.resolve("watched"));
        try (OwnServer own = OwnServer.plain(folder).start()) {
            own.awaitReady();
            browser.open(URI.create("http://localhost:" + own.port() + "/api/health/live"));
            browser.connect("/ws", Map.of("channels", List.of("conversation:" + agent.id(), "all_conversations")));
            browser.run("Math.random = () => 0.01"); // it comes back within milliseconds
            browser.awaitSeen("snapshot", 2);
            agent.append(agent.prompt("one"));
            awaitPrompts(1);

            own.signalStop();
            assertThat(own.awaitEnd()).isTrue();
            browser.awaitState("lost");
            agent.append(agent.prompt("two"));
            own.start().awaitReady();
            browser.awaitState("live");
            awaitPrompts(2);
            agent.append(agent.prompt("three"));
            awaitPrompts(3);
            assertThat(reasons()).containsExactly("first");
            assertThat(numbers()).isSorted().doesNotHaveDuplicates().startsWith(1);

            own.kill();
            browser.awaitState("lost");
            own.start().awaitReady();
            JsonArray snapshots = browser.awaitSeen("snapshot", 4);
            assertThat(snapshots.getJsonObject(3).getJsonObject("data").getJsonArray("items"))
                    .hasSize(1);
            agent.append(agent.prompt("four"));
            awaitPrompts(4);
            assertThat(reasons()).containsExactly("first", "epoch");
            assertThat(browser.seen("problem")).isEmpty();
        }
    }

    private static void awaitPrompts(int count) {
        browser.awaitTrue("seen.message.some(({ data }) => data.message_count === " + count + ")");
    }

    private static List<String> reasons() {
        return browser.seen("begin").getValuesAs((JsonObject begin) -> begin.getString("reason"));
    }

    private static List<Integer> numbers() {
        return browser.seen("message").getValuesAs((JsonObject message) -> message.getInt("seq"));
    }
}
