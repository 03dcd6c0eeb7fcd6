package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A key")
class KeyTest {

    @Test
    @DisplayName("A true UUID is its own key")
    void uuid() {
        assertThat(Key.ofUuid("01234567-89ab-cdef-fedc-ba9876543210"))
                .isEqualTo(new Key(0x0123456789abcdefL, 0xfedcba9876543210L));
    }

    @Test
    @DisplayName("What only looks like a UUID has a key of its own")
    void almostUuid() {
        Key uuid = Key.ofUuid("01234567-89ab-cdef-fedc-ba9876543210");
        assertThat(Key.ofUuid("01234567-89AB-cdef-fedc-ba9876543210")).isNotEqualTo(uuid);
        assertThat(Key.ofUuid("0123456789ab--cdef-fedc-ba9876543210")).isNotEqualTo(uuid);
        assertThat(Key.ofUuid("u1")).isEqualTo(Key.ofUuid("u1")).isNotEqualTo(Key.ofUuid("u2"));
    }

    @Test
    @DisplayName("Names that only read alike when run together have different keys")
    void names() {
        assertThat(Key.ofNames("ab", "c")).isNotEqualTo(Key.ofNames("a", "bc"));
        assertThat(Key.ofNames(null, "a")).isNotEqualTo(Key.ofNames("a", null));
        assertThat(Key.ofNames("a", null)).isNotEqualTo(Key.ofNames("a", ""));
    }

    @Test
    @DisplayName("The same line at another place has another key")
    void lines() {
        byte[] buffer = {1, 2, 3, 2, 3};
        assertThat(Key.ofLine(1, buffer, 1, 2)).isEqualTo(Key.ofLine(1, buffer, 3, 2));
        assertThat(Key.ofLine(1, buffer, 1, 2)).isNotEqualTo(Key.ofLine(2, buffer, 1, 2));
        assertThat(Key.ofLine(1, buffer, 1, 2)).isNotEqualTo(Key.ofLine(1, buffer, 0, 2));
    }
}
