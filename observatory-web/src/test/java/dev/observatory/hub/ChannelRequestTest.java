package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Channel;
import dev.observatory.protocol.ControlFrame.RefusedChannel;
import dev.observatory.protocol.Endpoint;
import dev.observatory.protocol.ErrorCode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A request for channels")
class ChannelRequestTest {

    private static ChannelRequest of(String... names) {
        return ChannelRequest.of(
                List.of(names), Endpoint.CONSOLE, People.rights(People.ANN).visibility());
    }

    @Test
    @DisplayName("is granted in the order of asking, each channel once")
    void isGranted() {
        ChannelRequest request = of("alerts", "conversation:1", "alerts", "user:ann");

        assertThat(request.granted())
                .containsExactly(Channel.ALERTS, Channel.conversation("1"), Channel.named("user:ann"));
        assertThat(request.refused()).isEmpty();
    }

    @ParameterizedTest(name = "{displayName}: ''{0}''")
    @DisplayName("is refused channel by channel, with the name as it was given and the reason")
    @CsvSource({
        "'', BAD_CHANNEL",
        "nothing, BAD_CHANNEL",
        "conversation:*, BAD_CHANNEL",
        "everyone, UNKNOWN_CHANNEL",
        "events, UNKNOWN_CHANNEL",
        "gpu, UNKNOWN_CHANNEL",
        "user:bob, FORBIDDEN_CHANNEL",
        "user:ANN, FORBIDDEN_CHANNEL",
    })
    void isRefused(String name, ErrorCode code) {
        ChannelRequest request = of(name, "alerts", name);

        assertThat(request.granted()).containsExactly(Channel.ALERTS);
        assertThat(request.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.channel()).isEqualTo(name);
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.message()).isNotBlank();
        });
    }

    @Test
    @DisplayName("for a name that is too long is refused without repeating all of it")
    void shortensLongNames() {
        ChannelRequest request = of("conversation:" + "a".repeat(60_000));

        assertThat(request.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.channel())
                        .startsWith("conversation:aaa")
                        .hasSize(Channel.MAX_LENGTH + 1));
    }

    @Test
    @DisplayName("is granted up to the limit, and what is held already does not count twice")
    void staysWithinTheLimit() {
        ChannelRequest request = of("bad name", "conversation:1", "conversation:2", "conversation:3", "alerts");

        ChannelRequest within = request.within(3, Set.of(Channel.ALERTS, Channel.conversation("2")));

        assertThat(within.granted())
                .containsExactly(Channel.conversation("1"), Channel.conversation("2"), Channel.ALERTS);
        assertThat(within.refused()).extracting(RefusedChannel::channel).containsExactly("bad name", "conversation:3");
        assertThat(within.refused().get(1).code()).isEqualTo(ErrorCode.TOO_MANY_SUBSCRIPTIONS);
    }
}
