package dev.observatory.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Tokens")
class TokensTest {

    private static final Tokens SOME = new Tokens(1, 2, 3, 4);
    private static final Tokens MORE = new Tokens(10, 20, 30, 40);

    @Test
    @DisplayName("are added kind by kind")
    void areAdded() {
        assertThat(SOME.plus(MORE)).isEqualTo(new Tokens(11, 22, 33, 44));
        assertThat(SOME.plus(Tokens.NONE)).isEqualTo(SOME);
    }

    @Test
    @DisplayName("are taken away kind by kind")
    void areTakenAway() {
        assertThat(MORE.minus(SOME)).isEqualTo(new Tokens(9, 18, 27, 36));
        assertThat(SOME.minus(SOME)).isEqualTo(Tokens.NONE);
    }
}
