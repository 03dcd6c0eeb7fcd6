package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.Browser;
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
