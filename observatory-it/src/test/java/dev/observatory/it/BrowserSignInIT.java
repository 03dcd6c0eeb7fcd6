package dev.observatory.it;

import static dev.observatory.it.GuardedServer.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.Browser;
import jakarta.json.Json;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of a server that asks for tokens. */
class BrowserSignInIT {

    @RegisterExtension
    final GuardedServer guarded = new GuardedServer();

    @RegisterExtension
    static final Browser browser = new Browser();

    @Test
    @DisplayName("the page asks for a token, says why one is refused, and keeps an accepted one for its tab")
    void asks() {
        openAfresh();
        awaitNote("a token is needed");

        signIn("x");
        awaitNote("no signed JWT");
        signIn(TOKENS.token("ann", "read"));
        awaitLight("live");

        assertThat(browser.text("document.getElementById('sign-in').hidden")).isEqualTo("true");
        assertThat(guarded.connectionOf("ann").getString("user")).isEqualTo("ann");
        browser.open(URI.create(guarded.page()));
        awaitLight("live");
    }

    @Test
    @DisplayName("the page asks again when the token has expired, and then goes on")
    void asksAgain() {
        openAfresh();
        awaitNote("a token is needed");
        signIn(TOKENS.token(
                "bob",
                Duration.ofSeconds(2),
                more -> more.add("groups", Json.createArrayBuilder().add("read"))));
        awaitLight("live");

        awaitNote("the token has expired");
        signIn(TOKENS.token("bob", "read"));

        awaitLight("live");
    }

    @Test
    @DisplayName("a token that cannot be one, because a part of its page was copied with it, is refused like any other")
    void asksAgainForWhatIsNoToken() {
        openAfresh();
        awaitNote("a token is needed");

        signIn("eyJ\u200b\u20ac");
        awaitNote("characters");
        signIn(TOKENS.token("ann", "read"));
        awaitLight("live");
    }

    /** All tests have one tab. */
    private void openAfresh() {
        browser.open(URI.create(guarded.page()));
        browser.run("sessionStorage.clear()");
        browser.open(URI.create(guarded.page()));
    }

    private static void awaitNote(String text) {
        browser.awaitTrue("!document.getElementById('sign-in').hidden"
                + " && document.querySelector('#sign-in p').textContent.includes('" + text + "')");
    }

    private static void awaitLight(String state) {
        browser.awaitTrue("document.getElementById('light').textContent === '" + state + "'");
    }

    private static void signIn(String token) {
        browser.run(
                "document.getElementById('token').value = arguments[0];"
                        + " document.querySelector('#sign-in button').click()",
                token);
    }
}
