package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.observatory.it.client.Browser;
import dev.observatory.it.client.ScriptedServer;
import dev.observatory.it.client.ScriptedServer.Peer;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the module for browsers answers to what a real server says seldom or never. */
class BrowserProtocolIT {

    @RegisterExtension
    static final Browser browser = new Browser();

    private ScriptedServer server;

    @BeforeEach
    void open() throws IOException {
        server = new ScriptedServer(System.getProperty("observatory.it.war"));
        browser.open(server.address());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    @DisplayName("after a loss the module asks behind the highest number of each priority, and gives nothing twice")
    void resumes() throws InterruptedException {
        Peer first = connect("topic:a", "alerts", "file_events");
        begin(first, "one", 10, "topic:a", "alerts", "file_events");
        first.message("topic:a", 1, 11)
                .message("alerts", 1, 14, "\"priority\":\"high\",")
                .message("topic:a", 2, 12)
                .message("file_events", 1, 13, "\"priority\":\"low\",");
        browser.awaitSeen("message", 4);
        first.close(4003, "no_pong");

        Peer second = server.next();
        assertThat(second.target()).contains("resume=1");
        second.establish("one", 17);
        JsonObject resume = second.await("resume");
        JsonObject cursor = resume.getJsonObject("data").getJsonObject("cursor");
        assertThat(List.of(cursor.getInt("high"), cursor.getInt("normal"), cursor.getInt("low")))
                .containsExactly(14, 12, 13);
        assertThat(resume.getJsonObject("data").getString("epoch")).isEqualTo("one");
        assertThat(names(resume)).containsExactly("topic:a", "alerts", "file_events");
        second.send(
                        "{\"type\":\"resumed\",\"reply_to\":\"resume\",\"data\":{\"outcome\":\"complete\",\"epoch\":\"one\","
                                + "\"replayed\":3,\"missed\":[],\"channels\":[],\"refused\":[]}}")
                .message("topic:a", 2, 12, "\"replay\":true,")
                .message("topic:a", 3, 16, "\"replay\":true,")
                .message("topic:a", 4, 17, "\"replay\":true,")
                .message("topic:a", 5, 18);

        assertThat(numbers(browser.awaitSeen("message", 7), "topic:a")).containsExactly(1, 2, 3, 4, 5);
        assertThat(reasons()).containsExactly("first");
        assertThat(browser.seen("problem")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "gap"})
    @DisplayName("when what was missed cannot be given the page is told to begin anew, before anything else comes")
    void beginsAnew(String outcome) throws InterruptedException {
        Peer first = connect("topic:a");
        begin(first, "one", 10, "topic:a");
        first.message("topic:a", 1, 11);
        browser.awaitSeen("message", 1);
        first.close(4002, "slow_consumer");

        Peer second = server.next().establish("one", 90);
        second.await("resume");
        second.send("{\"type\":\"resumed\",\"reply_to\":\"resume\",\"data\":{\"outcome\":\"" + outcome
                + "\",\"epoch\":\"one\",\"replayed\":0,\"missed\":[{\"channel\":\"topic:a\",\"from_seq\":2,"
                + "\"to_seq\":70,\"count\":69,\"reason\":\"retention\"}],\"channels\":[\"topic:a\"],\"refused\":[]}}");
        browser.awaitSeen("begin", 2);
        second.snapshot("topic:a", 90).message("topic:a", 80, 91);
        browser.awaitSeen("message", 2);
        second.await("ping");
        second.send("{\"type\":\"pong\",\"data\":{}}").message("topic:a", 81, 92);
        browser.awaitSeen("message", 3);

        assertThat(reasons()).containsExactly("first", outcome);
        assertThat(browser.seen("begin").getJsonObject(1).getJsonArray("missed"))
                .hasSize(1);
        assertThat(browser.seen("problem")).isEmpty();
        second.close(4000, "shutdown retry_after_ms=0");
        JsonObject again = server.next().establish("one", 95).await("resume");
        assertThat(again.getJsonObject("data").getJsonObject("cursor").getInt("normal"))
                .isEqualTo(92);
    }

    @Test
    @DisplayName(
            "a channel whose state never came is not resumed but asked for anew, when what was missed has its place")
    void asksAnewForWhatNeverCame() throws InterruptedException {
        Peer first = connect("topic:a");
        begin(first, "one", 10, "topic:a");
        browser.run("client.subscribe('topic:b', 'topic:c'); client.unsubscribe('topic:c')");
        first.await("unsubscribe");
        first.close(1011, "internal_error");

        Peer second = server.next().establish("one", 17);
        assertThat(names(second.next("resume"))).containsExactly("topic:a");
        browser.awaitState("live");
        browser.run("client.subscribe('topic:a', 'topic:d')");
        browser.run("client.history('topic:a').catch(() => {})");
        second.next("history");
        second.resumed("complete", 0, "topic:a");
        assertThat(names(second.next("subscribe"))).containsExactlyInAnyOrder("topic:a", "topic:b", "topic:d");
    }

    @Test
    @DisplayName("what comes before the answer to a late resume is given in its place: nothing that was missed is lost")
    void keepsTheOrderAfterALateResume() throws InterruptedException {
        Peer first = connect("topic:a");
        begin(first, "one", 10, "topic:a");
        first.message("everyone", 5, 11);
        browser.awaitSeen("message", 1);
        first.close(1011, "internal_error");

        Peer second = server.next().establish("one", 15);
        second.await("resume");
        second.message("everyone", 9, 15, "\"replay\":true,")
                .message("everyone", 10, 16)
                .resumed("complete", 4, "topic:a");
        for (int seq = 6; seq <= 9; seq++) {
            second.message("everyone", seq, 6 + seq, "\"replay\":true,");
        }
        second.message("everyone", 11, 17);

        browser.awaitTrue("seen.message.at(-1).seq === 11");
        assertThat(numbers(browser.seen("message"), "everyone")).containsExactly(5, 6, 7, 8, 9, 10, 11);
        assertThat(browser.seen("problem")).isEmpty();
        assertThat(reasons()).containsExactly("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "gap"})
    @DisplayName("when what was missed cannot be given, what came before that answer is given behind the beginning, and"
            + " what the server was not told of is asked for")
    void asksForTheRestWhenItBeginsAnew(String outcome) throws InterruptedException {
        Peer first = connect("topic:a");
        begin(first, "one", 10, "topic:a");
        first.message("everyone", 5, 11);
        browser.awaitSeen("message", 1);
        browser.run("client.addEventListener('begin', () => { window.given = seen.message.length; })");
        first.close(4000, "shutdown retry_after_ms=300000");
        browser.awaitState("lost");
        browser.run("client.subscribe('topic:b'); dispatchEvent(new Event('online'))");

        Peer second = server.next().establish("one", 90);
        assertThat(names(second.next("resume"))).containsExactly("topic:a");
        second.message("everyone", 9, 15, "\"replay\":true,").resumed(outcome, 0, "topic:a");

        assertThat(names(second.next("subscribe"))).containsExactly("topic:b");
        assertThat(numbers(browser.awaitSeen("message", 2), "everyone")).containsExactly(5, 9);
        assertThat(browser.text("window.given")).isEqualTo("1");
        second.snapshot("topic:a", 90).snapshot("topic:b", 90);
        second.next("ping");
    }

    @Test
    @DisplayName("a resume that the server cannot carry out is followed by a new beginning, with all channels")
    void beginsAnewWhenAResumeFails() throws InterruptedException {
        Peer first = connect("topic:a");
        begin(first, "one", 10, "topic:a");
        first.close(1011, "internal_error");

        Peer second = server.next().establish("one", 17);
        second.next("resume");
        second.message("everyone", 9, 15, "\"replay\":true,")
                .send("{\"type\":\"error\",\"reply_to\":\"resume\",\"data\":{\"code\":\"internal\","
                        + "\"message\":\"a fault\",\"action\":\"retry\"}}");

        assertThat(names(second.next("subscribe"))).containsExactly("topic:a");
        assertThat(numbers(browser.awaitSeen("message", 1), "everyone")).containsExactly(9);
        assertThat(reasons()).containsExactly("first", "unfinished");
    }

    @Test
    @DisplayName("a connection that broke before all states had come is begun anew, and so is one to another epoch")
    void beginsUnfinishedAnew() throws InterruptedException {
        Peer first = connect("topic:a", "topic:b");
        first.establish("one", 10).await("subscribe");
        first.snapshot("topic:a", 10).message("topic:a", 7, 11);
        browser.awaitSeen("message", 1);
        first.close(1011, "internal_error");

        Peer second = server.next();
        assertThat(second.target()).doesNotContain("resume");
        second.establish("one", 17);
        assertThat(names(second.await("subscribe"))).containsExactly("topic:a", "topic:b");
        second.snapshot("topic:a", 17).snapshot("topic:b", 17).await("ping");
        second.send("{\"type\":\"pong\",\"data\":{}}").close(1001, "");

        Peer third = server.next();
        assertThat(third.target()).contains("resume=1");
        third.establish("two", 3);
        assertThat(names(third.await("subscribe"))).containsExactly("topic:a", "topic:b");
        third.snapshot("topic:a", 3).message("topic:a", 1, 4);
        assertThat(numbers(browser.awaitSeen("message", 2), "topic:a")).containsExactly(7, 1);
        assertThat(reasons()).containsExactly("first", "unfinished", "epoch");
    }

    @Test
    @DisplayName(
            "a hole of which nobody told is reported and the state asked for; one that was announced is given as such")
    void findsHoles() throws InterruptedException {
        Peer peer = connect("topic:a");
        begin(peer, "one", 10, "topic:a");
        peer.message("topic:a", 1, 11)
                .send("{\"type\":\"gap\",\"data\":{\"channel\":\"topic:a\",\"from_seq\":2,\"to_seq\":4,\"count\":3,"
                        + "\"reason\":\"conflated\"}}")
                .message("topic:a", 5, 15);
        browser.awaitSeen("message", 2);
        assertThat(browser.seen("problem")).isEmpty();
        assertThat(browser.seen("gap").getJsonObject(0).getInt("count")).isEqualTo(3);

        peer.message("topic:a", 7, 17);

        assertThat(browser.awaitSeen("problem", 1).getJsonObject(0).getString("code"))
                .isEqualTo("hole");
        assertThat(names(peer.await("subscribe"))).containsExactly("topic:a");
    }

    @Test
    @DisplayName("what was kept for those who come later is given once, however often it is sent, and is no hole")
    void givesKeptMessagesOnce() throws InterruptedException {
        Peer peer = connect("topic:a");
        peer.establish("one", 10).await("subscribe");
        peer.snapshot("topic:a", 10)
                .message("topic:a", 2, 3, "\"replay\":true,")
                .message("topic:a", 5, 7, "\"replay\":true,")
                .message("topic:a", 9, 11);
        browser.run("client.subscribe('topic:a')");
        peer.await("subscribe");
        peer.snapshot("topic:a", 12)
                .message("topic:a", 2, 3, "\"replay\":true,")
                .message("topic:a", 5, 7, "\"replay\":true,")
                .message("topic:a", 10, 13);

        assertThat(numbers(browser.awaitSeen("message", 4), "topic:a")).containsExactly(2, 5, 9, 10);
        assertThat(browser.seen("problem")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1009, 4500, 4504, 4999})
    @DisplayName("a close code that says so stops the module, until the page lets it connect")
    void stops(int code) throws InterruptedException {
        Peer peer = connect("topic:a");
        begin(peer, "one", 10, "topic:a");
        peer.close(code, "for good");

        browser.awaitState("stopped");
        browser.run("dispatchEvent(new Event('online')); document.dispatchEvent(new Event('visibilitychange'));"
                + " client.connect()");
        server.next().establish("one", 10).await("resume");
        assertThat(server.waiting()).as("further connections").isZero();
        JsonObject stopped = state("stopped");
        assertThat(stopped.getInt("code")).isEqualTo(code);
        assertThat(stopped.getString("reason")).isEqualTo("for good");
    }

    @Test
    @DisplayName(
            "the module comes back when the server that sends it away says, or at once when the network is there again")
    void honoursDraining() throws InterruptedException {
        Peer peer = connect("topic:a");
        begin(peer, "one", 10, "topic:a");
        peer.send("{\"type\":\"draining\",\"data\":{\"retry_after_ms\":300000}}")
                .close(4000, "shutdown");

        browser.awaitState("lost");
        assertThat(waitMs(state("lost"))).isCloseTo(300_000.0, within(1_000.0));
        browser.run("dispatchEvent(new Event('online'))");
        server.next().establish("one", 10).await("resume");
    }

    @Test
    @DisplayName("it comes back after random times whose bound doubles up to 20 s")
    void backsOff() throws InterruptedException {
        browser.run("Math.random = () => 1");
        server.refuse(true);
        browser.connect("/ws", Map.of());
        for (int lost = 1; lost <= 8; lost++) {
            browser.awaitTrue("seen.state.filter(({ state }) => state === 'lost').length === " + lost);
            browser.run("dispatchEvent(new Event('online'))");
        }
        List<Double> waits = browser.seen("state").getValuesAs(JsonObject.class).stream()
                .filter(state -> state.getString("state").equals("lost"))
                .map(BrowserProtocolIT::waitMs)
                .toList();
        List<Integer> bounds = List.of(500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000);
        IntStream.range(0, bounds.size())
                .forEach(n -> assertThat(waits.get(n)).isCloseTo((double) bounds.get(n), within(200.0)));

        // or else this attempt, too, would meet a server that takes it
        browser.awaitTrue("seen.state.filter(({ state }) => state === 'lost').length === 9");
        server.refuse(false);
        browser.run("dispatchEvent(new Event('online'))");
        Peer peer = server.next().establish("one", 1);
        browser.awaitState("live");
        browser.run("dispatchEvent(new Event('online'))");
        peer.await("ping");
        peer.send("{\"type\":\"pong\",\"data\":{}}").close(1011, "");
        browser.awaitState("lost");
        assertThat(waitMs(state("lost"))).as("the bound begins anew").isCloseTo(500.0, within(200.0));
    }

    @Test
    @DisplayName("a server that does not answer any more is left, and a page that is looked at again asks at once")
    void noticesSilence() throws InterruptedException {
        Peer first = connect("topic:a");
        first.establish("one", 10, 60_000, 200).await("subscribe");
        browser.awaitState("live");
        browser.run("document.dispatchEvent(new Event('visibilitychange'))");
        first.await("ping");

        Peer second = server.next().establish("one", 10, 50, 200);
        second.await("ping");
        server.next();
        assertThat(browser.seen("state").getValuesAs(JsonObject.class).stream()
                        .filter(state -> state.getString("state").equals("lost"))
                        .map(state -> state.getString("reason")))
                .containsExactly("the server is silent", "the server is silent");
    }

    @Test
    @DisplayName("what comes while a large message is inflated keeps its place behind it, the close too")
    void keepsTheOrderOfFrames() throws InterruptedException {
        Peer peer = connect("topic:a");
        begin(peer, "one", 10, "topic:a");
        String large = "x".repeat(3_000_000);
        for (int seq = 1; seq <= 20; seq += 2) {
            peer.binary(deflate("{\"type\":\"probe\",\"channel\":\"topic:a\",\"seq\":" + seq + ",\"pos\":" + (10 + seq)
                            + ",\"data\":\"" + large + "\"}"))
                    .message("topic:a", seq + 1, 11 + seq);
        }
        peer.close(1011, "");

        JsonObject cursor = server.next()
                .establish("one", 30)
                .await("resume")
                .getJsonObject("data")
                .getJsonObject("cursor");
        assertThat(cursor.getInt("normal")).isEqualTo(30);
        assertThat(browser.text("seen.message.map(({ seq }) => seq).join()"))
                .isEqualTo("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20");
        assertThat(browser.text("seen.message[0].data.length")).isEqualTo("3000000");
    }

    @Test
    @DisplayName("after a frame that cannot be read the module connects anew and asks behind the last good one")
    void leavesWhoSpeaksNonsense() throws InterruptedException {
        Peer peer = connect("topic:a");
        begin(peer, "one", 10, "topic:a");
        peer.binary(new byte[] {7, 7, 7}).message("topic:a", 1, 11);
        Peer second = server.next().establish("one", 11);
        second.await("resume");
        second.send("{\"type\":");

        server.next().establish("one", 11).await("resume");
        assertThat(browser.seen("message")).isEmpty();
        assertThat(state("lost").getString("reason")).startsWith("a frame cannot be read");
    }

    @Test
    @DisplayName("a page that is left holds no connection, and goes on with what it has when somebody goes back to it")
    void resumesWhenGoneBackTo() throws InterruptedException {
        Peer first = connect("topic:a");
        begin(first, "one", 10, "topic:a");
        first.message("topic:a", 1, 11);
        browser.awaitSeen("message", 1);
        browser.open(URI.create("about:blank"));
        first.awaitClose();

        browser.back();
        server.next().establish("one", 11).await("resume");
        assertThat(browser.seen("message")).hasSize(1);
    }

    @Test
    @DisplayName("a token is asked for at each connect, sent as a sub-protocol, and renewed when it is about to expire")
    void sendsTokens() throws InterruptedException {
        browser.connect("/ws", Map.of("channels", List.of("topic:a"), "tokens", List.of("t.1", "t.2", "t.3")));
        Peer first = server.next();
        assertThat(first.protocols()).containsExactly("observatory.v1.deflate", "observatory.v1", "bearer.t.1");
        begin(first, "one", 10, "topic:a");
        first.send("{\"type\":\"token_expiring\",\"data\":{\"expires_at\":\"2026-01-02T03:04:05.678Z\"}}");
        assertThat(first.await("authenticate").getJsonObject("data").getString("token"))
                .isEqualTo("t.2");
        first.close(4001, "token_expired");

        assertThat(server.next().protocols()).contains("bearer.t.3").doesNotContain("bearer.t.1");
    }

    @Test
    @DisplayName("a message is a message, whatever type who broadcast it gave it")
    void takesNoMessageForAFrame() throws InterruptedException {
        Peer peer = connect("topic:a");
        begin(peer, "one", 10, "topic:a");
        for (String type : List.of("draining", "resumed", "snapshot", "connection_established")) {
            int seq = 1 + browser.seen("message").size();
            peer.send("{\"type\":\"" + type + "\",\"channel\":\"topic:a\",\"seq\":" + seq + ",\"pos\":" + (10 + seq)
                    + ",\"data\":{}}");
            browser.awaitSeen("message", seq);
        }
        assertThat(browser.seen("begin")).hasSize(1);
        assertThat(browser.seen("snapshot")).hasSize(1);
    }

    @Test
    @DisplayName("history is answered, refused, or refused when the connection breaks; what is unknown is passed over")
    void answersQuestions() throws InterruptedException {
        Peer peer = connect("topic:a");
        begin(peer, "one", 10, "topic:a");
        browser.run("window.answers = []; for (const channel of ['topic:a', 'view', 'topic:b'])"
                + " client.history(channel, 7).then((data) => answers.push(data.channel),"
                + " (failure) => answers.push(failure.code ?? failure.message))");
        JsonObject question = peer.await("history");
        assertThat(question.getJsonObject("data").getInt("after_seq")).isEqualTo(7);
        peer.send("{\"type\":\"of_the_future\",\"data\":{}}\n{\"type\":\"history\",\"reply_to\":"
                + question.getInt("id") + ",\"data\":{\"channel\":\"topic:a\",\"messages\":[],\"complete\":true}}");
        peer.send("{\"type\":\"error\",\"reply_to\":" + peer.await("history").getInt("id")
                + ",\"data\":{\"code\":\"invalid_field\",\"message\":\"a view\",\"action\":\"fix\"}}");
        browser.awaitTrue("answers.length === 2");
        peer.close(1011, "");

        browser.awaitTrue("answers.length === 3");
        assertThat(browser.text("answers")).isEqualTo("[topic:a, invalid_field, the connection is gone]");
    }

    @Test
    @DisplayName("however often a page subscribes and unsubscribes at a time, the server gets one command of each kind")
    void collectsCommands() throws InterruptedException {
        Peer peer = connect("topic:a", "topic:b");
        begin(peer, "one", 10, "topic:a", "topic:b");
        browser.run("for (let i = 0; i < 150; i++) client.subscribe(`topic:${i}`);"
                + " client.unsubscribe('topic:a'); client.unsubscribe('topic:b');"
                + " client.unsubscribe('topic:0'); client.subscribe('topic:b')");

        assertThat(names(peer.next("unsubscribe"))).containsExactly("topic:a", "topic:0");
        assertThat(names(peer.next("subscribe"))).hasSize(150).contains("topic:b", "topic:149");
        browser.run("client.history('topic:b').catch(() => {})");
        peer.next("history");
    }

    @Test
    @DisplayName("a state that the server cannot tell now is asked for again, after random times whose bound doubles")
    void asksAgainForAStateThatFailed() throws InterruptedException {
        browser.run("Math.random = () => 1");
        Peer peer = connect("topic:a", "topic:b");
        peer.establish("one", 10).next("subscribe");
        peer.snapshot("topic:a", 10);
        for (int bound : List.of(500, 1_000, 2_000)) {
            long failed = System.nanoTime();
            peer.send(error("internal"));
            assertThat(names(peer.next("subscribe"))).containsExactly("topic:b");
            assertThat(Duration.ofNanos(System.nanoTime() - failed)).isGreaterThanOrEqualTo(Duration.ofMillis(bound));
        }
        peer.snapshot("topic:b", 10).next("ping");
        peer.send("{\"type\":\"pong\",\"data\":{}}").message("topic:a", 1, 11);
        browser.awaitSeen("message", 1);
        browser.run("client.subscribe('topic:c')");
        peer.next("subscribe");
        long failed = System.nanoTime();
        peer.send(error("internal")).next("subscribe");
        assertThat(Duration.ofNanos(System.nanoTime() - failed))
                .as("the bound begins anew")
                .isLessThan(Duration.ofMillis(4_000));
    }

    @Test
    @DisplayName("when commands were too many, questions are refused: nobody knows which of them was not read")
    void refusesQuestionsThatWereTooMany() throws InterruptedException {
        Peer peer = connect("topic:a");
        begin(peer, "one", 10, "topic:a");
        browser.run("client.history('topic:a').catch(({ code }) => { window.failure = code; })");
        peer.next("history");
        peer.send(error("rate_limited"));

        browser.awaitTrue("window.failure === 'rate_limited'");
    }

    @Test
    @DisplayName("when commands were too many, what was given back is given back again until the server confirms it")
    void repeatsWhatWasTooMuch() throws InterruptedException {
        browser.run("Math.random = () => 0.01");
        Peer peer = connect("topic:a", "topic:b");
        begin(peer, "one", 10, "topic:a", "topic:b");
        browser.run("client.unsubscribe('topic:a')");
        peer.next("unsubscribe");
        peer.send(error("rate_limited"));

        JsonObject again = peer.next("unsubscribe");
        assertThat(names(again)).containsExactly("topic:a");
        peer.send("{\"type\":\"unsubscribed\",\"reply_to\":" + again.getInt("id")
                + ",\"data\":{\"channels\":[\"topic:a\"],\"refused\":[]}}");
        browser.run("client.unsubscribe('topic:b')");
        assertThat(names(peer.next("unsubscribe"))).containsExactly("topic:b");
        peer.send(error("rate_limited"));
        assertThat(names(peer.next("unsubscribe"))).as("what was not confirmed").containsExactly("topic:b");
    }

    @Test
    @DisplayName("an end of the network is noticed in time, also when it comes shortly after a sign of life")
    void noticesSilenceAfterASignOfLife() throws InterruptedException {
        Peer first = connect("topic:a");
        first.establish("one", 10, 60_000, 2_000).await("subscribe");
        browser.awaitState("live");
        browser.run("dispatchEvent(new Event('online'))");
        first.next("ping");
        first.message("topic:a", 1, 11);
        browser.awaitSeen("message", 1);
        browser.run("dispatchEvent(new Event('online'))");
        first.next("ping");

        server.next().establish("one", 11).await("subscribe");
        assertThat(state("lost").getString("reason")).isEqualTo("the server is silent");
    }

    @Test
    @DisplayName("when the network is there again, an attempt to connect that hangs gives way to another one")
    void connectsAnewWhenAnAttemptHangs() throws InterruptedException {
        Peer first = connect("topic:a");
        browser.run("dispatchEvent(new Event('online'))");

        Peer second = server.next();
        first.awaitClose();
        begin(second, "one", 10, "topic:a");
        browser.awaitState("live");
        assertThat(server.waiting()).as("further connections").isZero();
    }

    @Test
    @DisplayName("whoever is asked for a token is left alone when the network is there again")
    void asksForATokenOnce() throws InterruptedException {
        browser.run("import('/assets/observatory-client.js').then(({ ObservatoryClient }) => { window.asked = 0;"
                + " const token = () => new Promise((give) => { window.asked++; window.give = give; });"
                + " new ObservatoryClient('/ws', { token }).connect(); })");
        browser.awaitTrue("window.asked === 1");
        browser.run("dispatchEvent(new Event('online')); give('t.1')");

        assertThat(server.next().protocols()).contains("bearer.t.1");
        assertThat(browser.text("window.asked")).isEqualTo("1");
        assertThat(server.waiting()).as("further connections").isZero();
    }

    @Test
    @DisplayName(
            "a page that fails to give a token, without a word, is asked again and told, and nothing else comes of it")
    void asksAgainForATokenThatFailed() throws InterruptedException {
        browser.run("Math.random = () => 0.01");
        Map<String, Object> options =
                Map.of("channels", List.of("topic:a"), "tokens", Arrays.asList(null, null, "t.1", null));
        browser.connect("/ws", options);
        Peer peer = server.next();
        assertThat(peer.protocols()).contains("bearer.t.1");
        begin(peer, "one", 10, "topic:a");
        peer.send("{\"type\":\"token_expiring\",\"data\":{\"expires_at\":\"2026-01-02T03:04:05.678Z\"}}");

        assertThat(browser.awaitSeen("problem", 1).getJsonObject(0).getString("code"))
                .isEqualTo("token");
    }

    @Test
    @DisplayName(
            "a channel that a new token does not include is not held any more, and named as one that is not granted")
    void leavesWhatANewTokenDoesNotInclude() throws InterruptedException {
        Peer first = connect("topic:a", "file_events");
        begin(first, "one", 10, "topic:a", "file_events");
        first.send("{\"type\":\"unsubscribed\",\"data\":{\"channels\":[\"file_events\"],\"refused\":[{\"channel\":"
                + "\"file_events\",\"code\":\"forbidden_channel\",\"message\":\"not with this token\"}]}}");

        JsonObject refused = browser.awaitSeen("refused", 1).getJsonObject(0);
        assertThat(refused.getString("channel")).isEqualTo("file_events");
        assertThat(refused.getString("code")).isEqualTo("forbidden_channel");
        first.close(1011, "internal_error");
        assertThat(names(server.next().establish("one", 11).await("resume"))).containsExactly("topic:a");
    }

    private Peer connect(String... channels) throws InterruptedException {
        browser.connect("/ws", Map.of("channels", List.of(channels)));
        return server.next();
    }

    /** Answers the first subscription, until the module has all of it. */
    private static void begin(Peer peer, String epoch, long pos, String... channels) {
        peer.establish(epoch, pos);
        assertThat(names(peer.await("subscribe"))).containsExactly(channels);
        for (String channel : channels) {
            peer.snapshot(channel, pos);
        }
        peer.await("ping");
        peer.send("{\"type\":\"pong\",\"data\":{}}");
    }

    /** An answer that names no command. */
    private static String error(String code) {
        return "{\"type\":\"error\",\"data\":{\"code\":\"" + code + "\",\"message\":\"not now\",\"action\":\"retry\"}}";
    }

    private static byte[] deflate(String text) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        byte[] bytes = new byte[65_000];
        int length = deflater.deflate(bytes);
        deflater.end();
        return Arrays.copyOf(bytes, length);
    }

    private static List<String> names(JsonObject command) {
        return command.getJsonObject("data").getJsonArray("channels").getValuesAs(JsonString::getString);
    }

    private static List<Integer> numbers(JsonArray messages, String channel) {
        return messages.getValuesAs(JsonObject.class).stream()
                .filter(message -> message.getString("channel").equals(channel))
                .map(message -> message.getInt("seq"))
                .toList();
    }

    private List<String> reasons() {
        return browser.seen("begin").getValuesAs((JsonObject begin) -> begin.getString("reason"));
    }

    private JsonObject state(String state) {
        return browser.seen("state").getValuesAs(JsonObject.class).stream()
                .filter(seen -> seen.getString("state").equals(state))
                .reduce((before, last) -> last)
                .orElseThrow();
    }

    private static double waitMs(JsonObject lost) {
        return lost.getJsonNumber("retryAt").doubleValue()
                - lost.getJsonNumber("at").doubleValue();
    }
}
