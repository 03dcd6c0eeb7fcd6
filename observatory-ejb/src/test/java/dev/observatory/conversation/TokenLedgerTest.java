package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Tokens;
import dev.observatory.transcript.TokenUsage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The token ledger")
class TokenLedgerTest {

    private final TokenLedger ledger = new TokenLedger();

    @Test
    @DisplayName("Of the lines of one API message the one with the highest output counts, in whatever order they come")
    void highest() {
        ledger.add("m", "r", new TokenUsage(10, 1, 5, 7));
        ledger.add("m", "r", new TokenUsage(11, 90, 6, 8));
        ledger.add("m", "r", new TokenUsage(99, 30, 99, 99));
        assertThat(ledger.total()).isEqualTo(new Tokens(11, 90, 6, 8));
    }

    @Test
    @DisplayName("The same message asked for again counts again")
    void anotherRequest() {
        ledger.add("m", "r1", new TokenUsage(1, 2, 3, 4));
        ledger.add("m", "r2", new TokenUsage(1, 2, 3, 4));
        assertThat(ledger.total()).isEqualTo(new Tokens(2, 4, 6, 8));
    }

    @Test
    @DisplayName("Many messages add up")
    void many() {
        for (int i = 0; i < 1000; i++) {
            ledger.add("m" + i % 500, null, new TokenUsage(1, i, 0, 1));
        }
        assertThat(ledger.total()).isEqualTo(new Tokens(500, (500 + 999) * 500 / 2, 0, 500));
    }

    @Test
    @DisplayName("Lines without ids count as one message")
    void withoutIds() {
        ledger.add(null, null, new TokenUsage(1000, 50, 0, 0));
        ledger.add(null, null, new TokenUsage(2000, 100, 0, 0));
        assertThat(ledger.total()).isEqualTo(new Tokens(2000, 100, 0, 0));
    }
}
