package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Tokens;
import dev.observatory.pricing.PriceTable;
import dev.observatory.transcript.TokenUsage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayName("The token ledger")
class TokenLedgerTest {

    private static final UsageSum.Kind MODEL = kind("claude-opus-4-6");

    private final TokenLedger ledger = new TokenLedger(PriceTable.builtIn());

    private static UsageSum.Kind kind(String model) {
        return new UsageSum.Kind(null, model, null, null);
    }

    @Test
    @DisplayName("Of the lines of one API message the one with the highest output counts, in whatever order they come")
    void highest() {
        ledger.add("m", "r", MODEL, new TokenUsage(10, 1, 5, 7));
        ledger.add("m", "r", MODEL, new TokenUsage(11, 90, 6, 8));
        ledger.add("m", "r", MODEL, new TokenUsage(99, 30, 99, 99));
        assertThat(ledger.total()).isEqualTo(new Tokens(11, 90, 6, 8));
    }

    @Test
    @DisplayName("The same message asked for again counts again")
    void anotherRequest() {
        ledger.add("m", "r1", MODEL, new TokenUsage(1, 2, 3, 4));
        ledger.add("m", "r2", MODEL, new TokenUsage(1, 2, 3, 4));
        assertThat(ledger.total()).isEqualTo(new Tokens(2, 4, 6, 8));
    }

    @Test
    @DisplayName("Many messages add up")
    void many() {
        for (int i = 0; i < 1000; i++) {
            ledger.add("m" + i % 500, null, MODEL, new TokenUsage(1, i, 0, 1));
        }
        assertThat(ledger.total()).isEqualTo(new Tokens(500, (500 + 999) * 500 / 2, 0, 500));
    }

    @Test
    @DisplayName("Lines without ids count as one message")
    void withoutIds() {
        ledger.add(null, null, MODEL, new TokenUsage(1000, 50, 0, 0));
        ledger.add(null, null, MODEL, new TokenUsage(2000, 100, 0, 0));
        assertThat(ledger.total()).isEqualTo(new Tokens(2000, 100, 0, 0));
    }

    @RepeatedTest(3)
    @DisplayName("Tokens and cost are those of the best lines, whatever lines come in whatever order")
    void likeANaiveReader() {
        long seed = new Random().nextLong();
        System.out.println("TokenLedgerTest.likeANaiveReader: seed " + seed);
        Random random = new Random(seed);
        Map<Integer, TokenUsage> best = new HashMap<>();
        Map<Integer, String> models = new HashMap<>();
        for (int i = 0; i < 2000; i++) {
            int message = random.nextInt(300);
            String model = random.nextBoolean() ? "claude-opus-4-6" : "claude-3-5-haiku-20241022";
            TokenUsage usage =
                    new TokenUsage(random.nextInt(50), random.nextInt(50), 50, random.nextInt(50), random.nextInt(51));
            ledger.add("m" + message, "r", kind(model), usage);
            if (!best.containsKey(message) || usage.output() > best.get(message).output()) {
                best.put(message, usage);
                models.put(message, model);
            }
        }
        TokenUsage sum = best.values().stream().reduce(TokenUsage.NONE, TokenUsage::plus);
        BigDecimal cost = best.entrySet().stream()
                .map(entry -> PriceTable.builtIn()
                        .priceOf(models.get(entry.getKey()))
                        .orElseThrow()
                        .of(entry.getValue()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(ledger.total())
                .isEqualTo(new Tokens(sum.input(), sum.output(), sum.cacheCreation(), sum.cacheRead()));
        assertThat(ledger.cost()).isEqualByComparingTo(cost);
    }

    @Test
    @DisplayName("Agents, branches and days are added up apart, and a better line moves what it replaces")
    void apart() {
        LocalDate day = LocalDate.of(2026, 1, 1);
        ledger.add("m", "r", new UsageSum.Kind(null, "claude-opus-4-6", "main", day), new TokenUsage(10, 1, 0, 0));
        ledger.add("m", "r", new UsageSum.Kind(null, "claude-opus-4-6", "fix", day), new TokenUsage(10, 5, 0, 0));
        ledger.add("n", "r", new UsageSum.Kind("a", "unheard-of", "fix", null), new TokenUsage(1, 1, 0, 0));
        assertThat(ledger.usage())
                .containsExactly(
                        new Usage(
                                null,
                                "claude-opus-4-6",
                                "fix",
                                day,
                                new Tokens(10, 5, 0, 0),
                                new BigDecimal("0.000175")),
                        new Usage("a", "unheard-of", "fix", null, new Tokens(1, 1, 0, 0), null));
        assertThat(ledger.takeChange()).isTrue();
        assertThat(ledger.takeChange()).isFalse();
    }

    @Test
    @DisplayName("Beyond a number of sums only models are told apart, and nothing is lost")
    void tooMany() {
        for (int i = 0; i < 3 * TokenLedger.MAX_SUMS; i++) {
            ledger.add(
                    "m" + i,
                    "r",
                    new UsageSum.Kind(null, "m" + i % 2, "branch-" + i, null),
                    new TokenUsage(1, 1, 0, 0));
        }
        assertThat(ledger.usage()).hasSize(TokenLedger.MAX_SUMS + 2);
        assertThat(ledger.total()).isEqualTo(new Tokens(3 * TokenLedger.MAX_SUMS, 3 * TokenLedger.MAX_SUMS, 0, 0));
    }
}
