package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeadTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    @DisplayName("A file that has only grown still begins with its head")
    void grown() {
        assertThat(Head.of(bytes("abc"), 3).begins(bytes("abcdef"), 6)).isTrue();
    }

    @Test
    @DisplayName("Every file begins with an empty head")
    void empty() {
        assertThat(Head.EMPTY.begins(bytes("abc"), 3)).isTrue();
        assertThat(Head.EMPTY.begins(bytes(""), 0)).isTrue();
    }

    @Test
    @DisplayName("Other bytes, or too few, are another file")
    void another() {
        assertThat(Head.of(bytes("abc"), 3).begins(bytes("abd"), 3)).isFalse();
        assertThat(Head.of(bytes("abc"), 3).begins(bytes("abc"), 2)).isFalse();
    }
}
