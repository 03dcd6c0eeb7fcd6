package dev.observatory.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the journal stores")
class StoredFormatTest {

    private static final Channel A = Channel.conversation("a");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    /** With NUL, half a surrogate pair and a whole one, which UTF-8 or a database may not carry. */
    private static final String ODD = "\0\ud83d \ud83d\ude00 \udc00";

    @Test
    @DisplayName("comes back as it was, a message with odd texts and one without anything")
    void comesBack() {
        Message full = new Message(
                ODD, "note", A, List.of(Channel.ALL_CONVERSATIONS), 7, 9, TIME, "{\"h\u00e9\":1}", 9, ODD, TIME);
        Message bare = new Message("", "note", A, List.of(), 8, 10, TIME, "{}", 2, null, null);
        EncodedDraft draft = new EncodedDraft(ODD, "note", A, List.of(A), TIME, "{\"h\u00e9\":1}", null, TIME);

        assertThat(MessageFormat.read(MessageFormat.write(List.of(full, bare)))).containsExactly(full, bare);
        assertThat(MessageFormat.readDraft(MessageFormat.writeDraft(draft))).isEqualTo(draft);
    }

    @Test
    @DisplayName("is refused when it is damaged, cut, longer, empty or of another format")
    void refusesDamage() {
        byte[] good =
                MessageFormat.write(List.of(new Message("d", "note", A, List.of(), 8, 10, TIME, "{}", 2, null, null)));
        byte[] other = good.clone();
        other[0] = 2;
        byte[] damaged = good.clone();
        damaged[good.length - 1] ^= 1;
        DataWriter longer = new DataWriter();
        longer.number(0);
        longer.number(0);

        for (byte[] bad : List.of(
                other, damaged, Arrays.copyOf(good, good.length / 2), new byte[0], new byte[] {1}, longer.end())) {
            assertThatIllegalStateException().isThrownBy(() -> MessageFormat.read(bad));
        }
    }
}
