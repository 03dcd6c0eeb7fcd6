package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.Browser;
import dev.observatory.it.client.ScriptedServer;
import dev.observatory.it.client.ScriptedServer.Peer;
import dev.observatory.it.client.Tunnel;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page as somebody sees it. */
class BrowserPageIT extends ServerTest {

    @RegisterExtension
    static final Browser browser = new Browser();

    private final AgentFiles agent = Server.agent();

    @Test
    @DisplayName(
            "W3.2 W3.3 a conversation appears on the page, and what is appended to it appears while one looks at it")
    void followsAConversation() {
        browser.open(base());
        awaitLight("live");
        agent.append(agent.prompt("sort the shelves"));

        browser.awaitTrue(row());
        assertThat(browser.text(row() + ".querySelector('.title').textContent")).isEqualTo("sort the shelves");
        browser.run(row() + ".querySelector('.title').click()");
        awaitRecords("sort the shelves");

        agent.append(agent.answer("they are sorted")).append(agent.prompt("and the till?"));
        awaitRecords("sort the shelves", "they are sorted", "and the till?");
        awaitMessages(3);
        browser.run("document.getElementById('close').click()");
        browser.awaitTrue("document.getElementById('panel').hidden");
    }

    @Test
    @DisplayName("markup in a title and in a record is shown as text")
    void showsMarkupAsText() {
        String markup = "<img src=x onerror='window.ran=1'><script>window.ran=1</script><b>bold</b>";
        browser.open(base());
        agent.append(agent.prompt(markup)).append(agent.answer(markup));

        browser.awaitTrue(row());
        assertThat(browser.text(row() + ".querySelector('.title').textContent")).isEqualTo(markup);
        browser.run(row() + ".querySelector('.title').click()");
        awaitRecords(markup, markup);
        assertThat(browser.text("document.getElementById('panel-title').textContent"))
                .isEqualTo(markup);
        assertThat(browser.text("document.querySelectorAll('main img, main script, table b, #records .text b').length"))
                .isEqualTo("0");
        assertThat(browser.text("String(window.ran)")).isEqualTo("undefined");
    }

    @Test
    @DisplayName(
            "W4.1 the page says that its connection is lost, comes back by itself, and shows what happened meanwhile")
    void comesBack() throws IOException {
        try (Tunnel tunnel = new Tunnel(base())) {
            browser.open(tunnel.address());
            browser.run("Math.random = () => 0.01"); // it comes back within milliseconds
            awaitLight("live");
            agent.append(agent.prompt("one"));
            browser.awaitTrue(row());
            browser.run(row() + ".querySelector('.title').click()");
            awaitRecords("one");

            tunnel.shut();
            awaitLight("lost");
            browser.awaitTrue("document.body.classList.contains('stale')");
            browser.awaitTrue("!document.getElementById('connect').hidden");
            agent.append(agent.answer("two"));
            AgentFiles other = Server.agent();
            other.append(other.prompt("meanwhile"));
            tunnel.open();

            awaitLight("live");
            awaitRecords("one", "two");
            awaitMessages(2);
            browser.awaitTrue(row(other));
            agent.append(agent.prompt("three"));
            awaitRecords("one", "two", "three");
            browser.awaitTrue("!document.body.classList.contains('stale')");
        }
    }

    @Test
    @DisplayName("after a new beginning the list is what the server says then: without what is no more, and with what"
            + " began anew under an old name")
    void forgetsWithANewBeginning() throws Exception {
        try (ScriptedServer scripted = new ScriptedServer(System.getProperty("observatory.it.war"))) {
            browser.open(scripted.address().resolve("index.html"));
            Peer first = scripted.next().establish("one", 10);
            first.await("subscribe");
            first.send(list(10, 0, conversation("gone", 3, "gone"), conversation("same", 40, "old")))
                    .snapshot("project_updates", 10)
                    .await("ping");
            first.send("{\"type\":\"pong\",\"data\":{}}");
            awaitTitles("gone", "old");
            first.close(4002, "slow_consumer");

            Peer second = scripted.next().establish("one", 90);
            second.await("resume");
            second.resumed("snapshot", 0, "all_conversations", "project_updates")
                    .send(list(90, 5, conversation("same", 2, "new"), conversation("young", 1, "young")));
            awaitTitles("new", "young");
            second.send("{\"type\":\"conversation_update\",\"channel\":\"conversation:same\",\"seq\":9,\"pos\":91,"
                    + "\"data\":" + conversation("same", 3, "newer") + "}");
            awaitTitles("newer", "young");
        }
    }

    private static String list(long pos, int omitted, String... items) {
        return "{\"type\":\"snapshot\",\"pos\":" + pos + ",\"data\":{\"channel\":\"all_conversations\",\"items\":["
                + String.join(",", items) + "],\"part\":1,\"parts\":1,\"omitted\":" + omitted + "}}";
    }

    private static String conversation(String id, long version, String title) {
        return "{\"id\":\"" + id + "\",\"version\":" + version + ",\"title\":\"" + title
                + "\",\"state\":\"idle\",\"updated_at\":\"2026-01-02T03:04:05.678Z\"}";
    }

    /** Waits until the list shows just these titles. */
    private static void awaitTitles(String... titles) {
        browser.awaitTrue(
                "[...document.querySelectorAll('#rows .title')].map((title) => title.textContent).join() === '"
                        + String.join(",", titles) + "'");
    }

    private URI base() {
        return URI.create(base.toString().replaceFirst("/?$", "/"));
    }

    private static void awaitLight(String state) {
        browser.awaitTrue("document.querySelector('.light').dataset.state === '" + state + "'");
    }

    private void awaitMessages(int count) {
        browser.awaitTrue(row() + ".querySelector('.messages').textContent === '" + count + "'");
    }

    /** Waits until the panel shows just these records, from the first to the last. */
    private static void awaitRecords(String... texts) {
        String shown = "[...document.querySelectorAll('#records .text')].map((text) => text.textContent).join('\\n')";
        browser.awaitTrue(shown + " === \"" + String.join("\\n", texts) + "\"");
    }

    private String row() {
        return row(agent);
    }

    private static String row(AgentFiles agent) {
        return "document.querySelector('#rows tr[data-id=\"" + agent.id() + "\"]')";
    }
}
