package dev.observatory.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.hub.Inbound;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The assembler of messages")
class TextAssemblerTest {

    private final RecordingInbound inbound = new RecordingInbound(10);
    private final TextAssembler assembler = new TextAssembler(inbound);

    @Test
    @DisplayName("hands a message on that comes in one part")
    void handsOnePartOn() {
        assembler.text("0123456789", true);

        assertThat(inbound.events).containsExactly("text 0123456789");
    }

    @Test
    @DisplayName("puts parts together, also empty ones, and starts anew after each message")
    void putsPartsTogether() {
        assembler.text("", false);
        assembler.text("01", false);
        assembler.text("", false);
        assembler.text("23", false);
        assertThat(inbound.events).isEmpty();
        assembler.text("", true);
        assembler.text("b", true);
        assembler.text("", true);

        assertThat(inbound.events).containsExactly("text 0123", "text b", "text ");
    }

    @Test
    @DisplayName("counts bytes and not characters")
    void countsBytes() {
        assembler.text("\u20ac\u20ac\u20ac1", true);
        assembler.text("\u20ac\u20ac\u20ac12", true);

        assertThat(inbound.events).containsExactly("text \u20ac\u20ac\u20ac1", "too large");
    }

    @ParameterizedTest(name = "{displayName}: parts of {0}")
    @DisplayName("says once of a message that it is too large, throws the rest away, and takes the next")
    @ValueSource(ints = {1, 3, 10, 11, 40})
    void saysOnceThatItIsTooLarge(int part) {
        for (int sent = 0; sent < 40; sent += part) {
            assembler.text("x".repeat(part), false);
        }
        assembler.text("", true);
        assembler.text("next", true);

        assertThat(inbound.events).containsExactly("too large", "text next");
    }

    @Test
    @DisplayName("says that a message is too large before its end has come")
    void saysSoEarly() {
        assembler.text("0123456789x", false);

        assertThat(inbound.events).containsExactly("too large");
    }

    @Test
    @DisplayName("says once that it is flooded when a message is sixteen times too large")
    void noticesFloods() {
        assembler.text("x".repeat(160), false);
        assertThat(inbound.events).containsExactly("too large");

        for (int i = 0; i < 1_000; i++) {
            assembler.text("x", false);
        }

        assertThat(inbound.events).containsExactly("too large", "flooded");
    }

    @Test
    @DisplayName("reports a binary message once, at its end")
    void reportsBinaryMessages() {
        assembler.binary(2, false);
        assertThat(inbound.events).isEmpty();
        assembler.binary(0, true);
        assembler.text("t", true);

        assertThat(inbound.events).containsExactly("binary", "text t");
    }

    @Test
    @DisplayName("reports a binary message that is too large as that alone")
    void reportsLargeBinaryMessages() {
        assembler.binary(8, false);
        assembler.binary(8, false);
        assembler.binary(8, true);
        assembler.binary(1, true);

        assertThat(inbound.events).containsExactly("too large", "binary");
    }

    private static final class RecordingInbound implements Inbound {

        private final List<String> events = new ArrayList<>();
        private final int maxBytes;

        RecordingInbound(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public int maxBytes() {
            return maxBytes;
        }

        @Override
        public void text(String text) {
            events.add("text " + text);
        }

        @Override
        public void tooLarge() {
            events.add("too large");
        }

        @Override
        public void flooded() {
            events.add("flooded");
        }

        @Override
        public void binary() {
            events.add("binary");
        }

        @Override
        public void pong() {
            events.add("pong");
        }

        @Override
        public void closed() {
            events.add("closed");
        }
    }
}
