package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.Browser;
import dev.observatory.it.client.ScriptedServer;
import dev.observatory.it.client.Tunnel;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The module for browsers, in a browser, through networks that break. */
class BrowserClientIT extends ServerTest {

    private static final int PUBLISHERS = 2;
    private static final int EACH = 300;

    /** Six of these are what comes in ten minutes at 20 messages a second. */
    private static final int ROUND = 2_000;

    private static final int WARM_UP = 2;
    private static final int ROUNDS = 6;

    /**
     * How much more the page may hold for each message: less than anything takes that would be kept of one. What the
     * driver leaves in a page at each look into it is below that.
     */
    private static final double BYTES_EACH = 50;

    @RegisterExtension
    static final Browser browser = new Browser();

    @Test
    @DisplayName("W4.1 F2 a page whose connection breaks again and again, while 2 publish, ends with every message,"
            + " in order and once")
    void losesNothing() throws Exception {
        try (Tunnel tunnel = tunnel()) {
            connect(tunnel.address(), Map.of("channels", List.of("topic:cut0", "topic:cut1")));
            browser.run("Math.random = () => 0.01"); // it comes back within milliseconds
            List<Thread> publishers = new ArrayList<>();
            for (int p = 0; p < PUBLISHERS; p++) {
                String channel = "topic:cut" + p;
                publishers.add(new Thread(() -> {
                    for (int i = 0; i < EACH; i++) {
                        // every third is large enough to be compressed
                        fire(channel, "{\"n\":" + i + ",\"text\":\"" + "é".repeat(i % 3 == 0 ? 2_000 : 1) + "\"}");
                    }
                }));
            }
            publishers.forEach(Thread::start);
            long seed = System.nanoTime();
            Random random = new Random(seed);
            int cuts = 0;
            while (publishers.stream().anyMatch(Thread::isAlive)) {
                int before = browser.seen("message").size();
                browser.awaitTrue("seen.message.length >= "
                        + Math.min(PUBLISHERS * EACH, before + 1 + random.nextInt(30)) + " || seen.message.length >= "
                        + PUBLISHERS * EACH);
                tunnel.cut();
                cuts++;
            }
            for (Thread publisher : publishers) {
                publisher.join();
            }

            for (int p = 0; p < PUBLISHERS; p++) {
                fire("topic:cut" + p, "{\"n\":" + EACH + "}");
            }

            browser.awaitTrue("seen.message.filter(({ data }) => data.n === " + EACH + ").length === " + PUBLISHERS);
            for (int p = 0; p < PUBLISHERS; p++) {
                assertThat(numbers(browser.seen("message"), "topic:cut" + p))
                        .as("cut %d times, seed %d", cuts, seed)
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(0, EACH).boxed().toList());
            }
            assertThat(browser.seen("problem")).isEmpty();
            assertThat(browser.seen("begin")).as("beginnings").hasSize(1);
            assertThat(cuts).isGreaterThan(2);
        }
    }

    @Test
    @DisplayName("W4.1 a network that falls silent without a word is noticed, and what was missed comes by another way")
    void noticesStalledNetwork() throws IOException {
        try (Tunnel tunnel = tunnel()) {
            connect(tunnel.address(), Map.of("channels", List.of("topic:stall")));
            tunnel.stall();
            fire("topic:stall", "{\"n\":0}");

            browser.awaitState("lost");
            fire("topic:stall", "{\"n\":1}");

            assertThat(numbers(browser.awaitSeen("message", 2), "topic:stall")).containsExactly(0, 1);
            assertThat(browser.seen("begin")).hasSize(1);
        }
    }

    @Test
    @DisplayName("a page that missed more than is sent again is told to begin anew, and goes on from there")
    void beginsAnewWhenTooMuchWasMissed() throws IOException {
        try (Tunnel tunnel = tunnel()) {
            connect(tunnel.address(), Map.of("channels", List.of("topic:toomuch")));
            tunnel.shut();
            browser.awaitState("lost");
            server.storm("topic:toomuch", 4, 2600);
            tunnel.open();

            JsonArray begun = browser.awaitSeen("begin", 2);
            browser.awaitSeen("snapshot", 2);
            fire("topic:toomuch", "{\"n\":0}");

            assertThat(numbers(browser.awaitSeen("message", 1), "topic:toomuch"))
                    .containsExactly(0);
            assertThat(begun.getJsonObject(1).getString("reason")).isEqualTo("snapshot");
            assertThat(browser.seen("problem")).isEmpty();
        }
    }

    @Test
    @DisplayName("B10.4 large messages come compressed, are read, and keep their places among small ones")
    void inflates() {
        connect(base(), Map.of("channels", List.of("topic:deflated")));
        double before = server.compressedMessages();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            texts.add(i % 4 == 0 ? "é😀".repeat(50_000) : "small " + i);
            fire("topic:deflated", "{\"n\":" + i + ",\"text\":\"" + texts.get(i) + "\"}");
        }

        JsonArray messages = browser.awaitSeen("message", 40);

        assertThat(subprotocol()).isEqualTo("observatory.v1.deflate");
        assertThat(server.compressedMessages() - before).isEqualTo(10);
        assertThat(messages.getValuesAs(JsonObject.class))
                .extracting(message -> message.getJsonObject("data").getString("text"))
                .isEqualTo(texts);
    }

    @Test
    @DisplayName("a browser that cannot inflate is sent text")
    void fallsBackToText() {
        browser.open(base().resolve("api/health/live"));
        browser.run("delete globalThis.DecompressionStream");
        browser.connect("/ws", Map.of("channels", List.of("topic:text")));
        browser.awaitSeen("snapshot", 1);
        fire("topic:text", "{\"n\":0,\"text\":\"" + "x".repeat(5_000) + "\"}");

        browser.awaitSeen("message", 1);
        assertThat(subprotocol()).isEqualTo("observatory.v1");
    }

    @Test
    @DisplayName("B10.3 a page that asked for little is told of every message that it is not given")
    void isToldOfGaps() {
        connect(base(), Map.of("channels", List.of("topic:little"), "rate", 10));
        server.storm("topic:little", 4, 6000);

        JsonObject gap = browser.awaitSeen("gap", 1).getJsonObject(0);
        browser.awaitTrue("seen.message.some(({ seq }) => seq > " + gap.getInt("to_seq") + ")");

        assertThat(gap.getString("reason")).isEqualTo("rate_limit");
        List<Integer> accounted = new ArrayList<>();
        browser.seen("message").getValuesAs(JsonObject.class).forEach(message -> accounted.add(message.getInt("seq")));
        browser.seen("gap")
                .getValuesAs(JsonObject.class)
                .forEach(told -> IntStream.rangeClosed(told.getInt("from_seq"), told.getInt("to_seq"))
                        .forEach(accounted::add));
        assertThat(accounted).doesNotHaveDuplicates().contains(Collections.max(accounted));
        assertThat(accounted)
                .hasSize(Collections.max(accounted) - Collections.min(accounted) + 1)
                .as("from the lowest to the highest number");
        assertThat(browser.seen("problem")).isEmpty();
    }

    @Test
    @DisplayName(
            "B10.2 what is kept for those who come later is given once, and channels that are not granted are named")
    void givesKeptMessagesOnce() {
        server.post(
                "api/probe/fire",
                "{\"type\":\"probe\",\"channel\":\"topic:kept-once\",\"kept_for\":\"PT1H\",\"data\":{\"n\":1}}",
                204);
        connect(base(), Map.of("channels", List.of("topic:kept-once", "no channel"), "tokens", List.of("a.b-c_d")));
        browser.run("client.subscribe('topic:kept-once')");
        browser.awaitSeen("snapshot", 2);
        fire("topic:kept-once", "{\"n\":2}");

        assertThat(numbers(browser.awaitSeen("message", 2), "topic:kept-once")).containsExactly(1, 2);
        assertThat(browser.seen("refused").getValuesAs((JsonObject refused) -> refused.getString("code")))
                .containsExactly("bad_channel");
    }

    @Test
    @DisplayName("older messages are fetched by history, and what is no longer wanted stays away")
    void fetchesHistory() {
        for (int i = 0; i < 5; i++) {
            fire("topic:older", "{\"n\":" + i + "}");
        }
        connect(base(), Map.of("channels", List.of("topic:older", "topic:mark")));
        browser.run("client.history('topic:older', 0, 1000).then((data) => { window.older = data; })");
        browser.awaitTrue("window.older");
        assertThat(browser.text("older.messages.map(({ data }) => data.n).join()"))
                .endsWith("0,1,2,3,4");

        browser.run("client.unsubscribe('topic:older')");
        settle();
        fire("topic:older", "{\"n\":5}");
        fire("topic:mark", "{\"n\":6}");
        assertThat(browser.awaitSeen("message", 1).getValuesAs(JsonObject.class))
                .extracting(message -> message.getJsonObject("data").getInt("n"))
                .containsExactly(6);
    }

    @Test
    @DisplayName("the example in the documentation does what it says, in a page of another origin on this machine")
    void runsTheExample() throws IOException {
        String documentation = Files.readString(Path.of("..", "docs", "reference", "browser-client.md"));
        String example =
                documentation.substring(documentation.indexOf("```html\n") + 8, documentation.indexOf("\n```\n"));
        assertThat(example.lines()).hasSizeLessThan(20);
        try (ScriptedServer pages = new ScriptedServer(System.getProperty("observatory.it.war"))) {
            pages.page("<!doctype html><meta charset=utf-8>"
                    + example.replace(
                                    "ws://localhost:8080/ws",
                                    server.socket("ws").toString())
                            .replace("./observatory-client.js", "/assets/observatory-client.js"));
            AgentFiles agent = Server.agent();
            String title = "example " + agent.id();
            browser.open(pages.address());
            agent.append(agent.prompt(title));

            browser.awaitTrue("document.getElementById('list').textContent.includes('" + title + "')");
        }
    }

    private URI base() {
        return URI.create(base.toString().replaceFirst("/?$", "/"));
    }

    private Tunnel tunnel() throws IOException {
        return new Tunnel(base());
    }

    /** Lets the module connect, in a page that has no other connection, and waits until it has all states. */
    @Test
    @DisplayName("W4.5 a page that is open for long keeps nothing of what it was given")
    void leaksNothing() {
        connect(base(), Map.of("channels", List.of("topic:long")));
        browser.run("window.count = 0; client.addEventListener('message', () => {"
                + " window.count++; seen.message.length = 0; })");
        for (int round = 1; round <= WARM_UP; round++) {
            traffic(round);
        }
        double before = browser.heapBytes();

        for (int round = WARM_UP + 1; round <= WARM_UP + ROUNDS; round++) {
            traffic(round);
        }

        // waited for, because what a collection leaves varies
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(browser.heapBytes()).isLessThanOrEqualTo(before + BYTES_EACH * ROUNDS * ROUND));
        assertThat(browser.seen("begin")).hasSize(1);
        assertThat(browser.seen("gap")).isEmpty();
    }

    private void traffic(int round) {
        server.storm("topic:long", 2, ROUND / 2);
        browser.awaitTrue("window.count === " + round * ROUND);
    }

    private static void connect(URI address, Map<String, Object> options) {
        browser.open(address.resolve("api/health/live"));
        browser.connect("/ws", options);
        browser.awaitSeen("snapshot", 1);
        settle();
    }

    /** Waits until the server has carried out everything that the module wanted before, and the module knows. */
    private static void settle() {
        browser.run("window.settled = false; client.history('topic:settle').then(() => { window.settled = true; })");
        browser.awaitTrue("window.settled");
    }

    private static String subprotocol() {
        return browser.text("seen.state.at(-1).established.subprotocol");
    }

    private static List<Integer> numbers(JsonArray messages, String channel) {
        return messages.getValuesAs(JsonObject.class).stream()
                .filter(message -> message.getString("channel").equals(channel))
                .map(message -> message.getJsonObject("data").getInt("n"))
                .toList();
    }

    private void fire(String channel, String data) {
        server.post(
                "api/probe/fire", "{\"type\":\"probe\",\"channel\":\"" + channel + "\",\"data\":" + data + "}", 204);
    }
}
