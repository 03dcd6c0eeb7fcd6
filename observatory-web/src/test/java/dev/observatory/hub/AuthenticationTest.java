package dev.observatory.hub;

import static dev.observatory.hub.TestHub.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.NamePatterns;
import dev.observatory.auth.token.Role;
import dev.observatory.auth.token.TokenRefusal;
import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.hub.TestHub.Wire;
import dev.observatory.message.Channel;
import dev.observatory.protocol.CloseCode;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A token on an open connection")
class AuthenticationTest {

    private static final Channel SHOP = Channel.named("project:shop:conversations");
    private static final Channel BANK = Channel.named("project:bank:conversations");

    /** Which looks after the time ten times a second. */
    private final TestHub hub = new TestHub(new TestSettings().resumeWait(Duration.ofMillis(500)));

    @AfterEach
    void close() {
        hub.close();
    }

    private Wire connect(Identity identity, String... channels) {
        hub.user(identity);
        return hub.connect(hub.socket(Mode.AT_ONCE), channels);
    }

    private static void shows(Wire wire, String token) {
        wire.says("{\"type\":\"authenticate\",\"id\":7,\"data\":{\"token\":\"" + token + "\"}}");
    }

    private static JsonObject only(Wire wire, String type) {
        soon().until(() -> wire.socket().frames(type).size() == 1);
        return wire.socket().frames(type).get(0);
    }

    @Test
    @DisplayName("takes the place of the one before, and the client is told until when")
    void isExchanged() {
        Instant later = Instant.parse("2199-01-02T03:04:05Z");
        hub.tokens.put("new", People.until(later));
        Wire wire = connect(People.until(Instant.now().plusSeconds(3_600)), "alerts");

        shows(wire, "new");

        JsonObject answer = only(wire, "authenticated");
        assertThat(answer.getInt("reply_to")).isEqualTo(7);
        assertThat(answer.getJsonObject("data").getString("user")).isEqualTo("ann");
        assertThat(answer.getJsonObject("data").getString("expires_at")).isEqualTo("2199-01-02T03:04:05.000Z");
        hub.settle();
        assertThat(wire.connection().expiry()).contains(later);
        assertThat(wire.connection().subscriptions()).containsExactly(Channel.ALERTS);
        assertThat(wire.socket().frames()).hasSize(1);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("that is refused changes nothing")
    @CsvSource({
        "BAD_SIGNATURE, invalid_token, refresh_token",
        "EXPIRED, invalid_token, refresh_token",
        "KEYS_UNAVAILABLE, keys_unavailable, retry",
    })
    void isRefused(TokenRefusal refusal, String code, String action) {
        hub.tokens.put("bad", refusal);
        Instant expiry = Instant.now().plusSeconds(3_600);
        Wire wire = connect(People.until(expiry), "alerts");

        shows(wire, "bad");

        JsonObject error = only(wire, "error").getJsonObject("data");
        assertThat(error.getString("code")).isEqualTo(code);
        assertThat(error.getString("action")).isEqualTo(action);
        assertThat(error.getString("message")).isEqualTo(refusal.description());
        hub.append(Channel.ALERTS);
        soon().until(() -> wire.socket().frames("note").size() == 1);
        assertThat(wire.connection().expiry()).contains(expiry);
    }

    @Test
    @DisplayName("of another user is refused")
    void isTheSameUsers() {
        hub.tokens.put(
                "bob", new Identity("bob", Set.of(Role.ADMIN), NamePatterns.ANY, NamePatterns.ANY, Optional.empty()));
        Wire wire = connect(People.ANN);

        shows(wire, "bob");

        assertThat(only(wire, "error").getJsonObject("data").getString("code")).isEqualTo("other_user");
        assertThat(wire.connection().visibility().identity()).isEqualTo(People.ANN);
    }

    @Test
    @DisplayName("with fewer channels ends the subscriptions that it does not include, and says which")
    void endsSubscriptions() {
        hub.tokens.put("less", People.reading("alerts"));
        Wire wire = connect(People.ANN, "alerts", "topic:a");

        shows(wire, "less");

        JsonObject ended = only(wire, "unsubscribed");
        assertThat(ended.containsKey("reply_to")).isFalse();
        assertThat(ended.getJsonObject("data").getJsonArray("channels").getString(0))
                .isEqualTo("topic:a");
        assertThat(wire.socket().frames())
                .extracting(frame -> frame.getString("type"))
                .containsExactly("authenticated", "unsubscribed");
        hub.append(Channel.named("topic:a"));
        hub.append(Channel.ALERTS);
        soon().until(() -> !wire.socket().frames("note").isEmpty());
        assertThat(wire.socket().frames("note"))
                .extracting(frame -> frame.getString("channel"))
                .containsExactly("alerts");
    }

    @Test
    @DisplayName("with other projects shows these from then on, beginning with their state")
    void changesProjects() {
        hub.tokens.put("bank", People.seeing("bank"));
        Wire wire = connect(People.seeing("shop"), "all_conversations");
        hub.append(Channel.conversation("s1"), Channel.ALL_CONVERSATIONS, SHOP);
        hub.append(Channel.conversation("b1"), Channel.ALL_CONVERSATIONS, BANK);
        soon().until(() -> wire.socket().frames("note").size() == 1);

        shows(wire, "bank");

        only(wire, "snapshot");
        hub.append(Channel.conversation("s1"), Channel.ALL_CONVERSATIONS, SHOP);
        hub.append(Channel.conversation("b1"), Channel.ALL_CONVERSATIONS, BANK);
        soon().until(() -> wire.socket().frames("note").size() == 2);
        assertThat(wire.socket().frames("note"))
                .extracting(frame -> frame.getString("channel"))
                .containsExactly("conversation:s1", "conversation:b1");
    }

    @Test
    @DisplayName("with fewer projects takes back what waits of the others")
    void takesBackWhatWaits() {
        hub.tokens.put("shop", People.seeing("shop"));
        hub.user(People.ANN);
        FakeSocket stalled = hub.socket(Mode.HELD);
        Wire wire = hub.connect(stalled, "all_conversations");
        hub.append(Channel.conversation("s1"), Channel.ALL_CONVERSATIONS, SHOP);
        hub.settle();
        hub.append(Channel.conversation("b1"), Channel.ALL_CONVERSATIONS, BANK);
        hub.settle();
        assertThat(wire.connection().queuedFrames()).isEqualTo(1);

        shows(wire, "shop");
        soon().until(() -> wire.connection().visibility().identity().equals(People.seeing("shop")));
        hub.settle();
        stalled.become(Mode.AT_ONCE);
        stalled.release();

        only(wire, "snapshot");
        assertThat(wire.socket().frames("note"))
                .extracting(frame -> frame.getString("channel"))
                .containsExactly("conversation:s1");
    }

    @Test
    @DisplayName("with fewer projects takes back what waits of the past of the others, too")
    void takesBackThePast() {
        hub.tokens.put("shop", People.seeing("shop"));
        hub.user(People.ANN);
        for (String channel : List.of("b1", "s1", "b1")) {
            hub.append(Channel.conversation(channel), Channel.ALL_CONVERSATIONS, channel.equals("s1") ? SHOP : BANK);
        }
        FakeSocket stalled = hub.socket(Mode.HELD);
        Wire wire = hub.reconnect(stalled, "all_conversations");
        wire.resumes(hub.journal.epoch(), 0, 0, 0, "all_conversations");
        soon().until(() -> wire.connection().queuedFrames() >= 3);

        shows(wire, "shop");
        soon().until(() -> wire.connection().visibility().identity().equals(People.seeing("shop")));
        hub.settle();
        stalled.become(Mode.AT_ONCE);
        stalled.release();

        only(wire, "authenticated");
        hub.settle();
        assertThat(wire.socket().frames("note"))
                .extracting(frame -> frame.getString("channel"))
                .containsExactly("conversation:s1");
    }

    @Test
    @DisplayName("can be shown again after the server was too busy to look at one")
    void canBeShownAgain() {
        hub.close();
        ManualExecutor background = new ManualExecutor();
        try (TestHub busy = new TestHub(new TestSettings(), 1, background, List.of())) {
            busy.tokens.put("new", People.ANN);
            Wire wire = busy.connect(busy.socket(Mode.AT_ONCE));
            background.refuseNext();
            shows(wire, "new");
            soon().until(() -> wire.socket().frames("error").size() == 1);

            shows(wire, "new");
            busy.settle();
            background.runNext();

            only(wire, "authenticated");
        }
    }

    @Test
    @DisplayName("without the role read ends the connection for good")
    void endsTheConnection() {
        hub.tokens.put("none", new Identity("ann", Set.of(), NamePatterns.ANY, NamePatterns.ANY, Optional.empty()));
        Wire wire = connect(People.ANN, "alerts");

        shows(wire, "none");

        soon().until(() -> wire.socket().closes().contains(CloseCode.FORBIDDEN));
    }

    @Test
    @DisplayName("that ends is announced, and then ends the connection")
    void ends() {
        Instant end = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.MILLIS);
        Wire wire = connect(People.until(end), "alerts");

        JsonObject notice = only(wire, "token_expiring");

        assertThat(Instant.parse(notice.getJsonObject("data").getString("expires_at")))
                .isEqualTo(end);
        soon().until(() -> wire.socket().closes().contains(CloseCode.TOKEN_EXPIRED));
        assertThat(Instant.now()).isAfterOrEqualTo(end);
    }

    @Test
    @DisplayName("hides the messages of other projects from who comes back, too")
    void hidesThePast() {
        Wire first = connect(People.seeing("shop"), "all_conversations");
        for (String channel : List.of("s1", "b1", "s1")) {
            hub.append(Channel.conversation(channel), Channel.ALL_CONVERSATIONS, channel.equals("s1") ? SHOP : BANK);
        }
        soon().until(() -> first.socket().frames("note").size() == 2);
        Wire second = hub.reconnect(hub.socket(Mode.AT_ONCE), "all_conversations");

        second.resumes(hub.journal.epoch(), 0, 0, 0, "all_conversations");

        JsonObject resumed = only(second, "resumed").getJsonObject("data");
        assertThat(resumed.getString("outcome")).isEqualTo("complete");
        assertThat(resumed.getInt("replayed")).isEqualTo(2);
        soon().until(() -> second.socket().frames("note").size() == 2);
        assertThat(second.socket().frames("note"))
                .extracting(frame -> frame.getString("channel"))
                .containsOnly("conversation:s1");
    }
}
