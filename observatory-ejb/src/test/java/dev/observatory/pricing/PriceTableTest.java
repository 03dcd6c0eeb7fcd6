package dev.observatory.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.observatory.transcript.TokenUsage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The price table")
class PriceTableTest {

    @TempDir
    private Path folder;

    private static Price price(String input, String output, String shortWrite, String hourWrite, String read) {
        return new Price(
                new BigDecimal(input),
                new BigDecimal(output),
                new BigDecimal(shortWrite),
                new BigDecimal(hourWrite),
                new BigDecimal(read));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("prices"), text);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "A million tokens of each kind cost what the list says, in this order: input, output, cache writes, read")
    @CsvSource({
        "claude-3-opus-20240229, 15, 75, 18.75, 30, 1.5",
        "claude-3-sonnet-20240229, 3, 15, 3.75, 6, 0.3",
        "claude-3-haiku-20240307, 0.25, 1.25, 0.3, 0.5, 0.03",
        "claude-3-5-sonnet-20240620, 3, 15, 3.75, 6, 0.3",
        "claude-3-5-sonnet-20241022, 3, 15, 3.75, 6, 0.3",
        "claude-3-5-haiku-20241022, 0.8, 4, 1, 1.6, 0.08",
        "claude-3-7-sonnet-20250219, 3, 15, 3.75, 6, 0.3",
        "claude-opus-4-20250514, 15, 75, 18.75, 30, 1.5",
        "claude-sonnet-4-20250514, 3, 15, 3.75, 6, 0.3",
        "claude-sonnet-4, 3, 15, 3.75, 6, 0.3",
        "claude-opus-4-1-20250805, 15, 75, 18.75, 30, 1.5",
        "claude-opus-4-5-20251101, 5, 25, 6.25, 10, 0.5",
        "claude-sonnet-4-5-20250929, 3, 15, 3.75, 6, 0.3",
        "claude-haiku-4-5-20251001, 1, 5, 1.25, 2, 0.1",
        "claude-opus-4-6, 5, 25, 6.25, 10, 0.5",
        "claude-opus-4-6-20260101, 5, 25, 6.25, 10, 0.5",
        "claude-sonnet-4-6, 3, 15, 3.75, 6, 0.3",
    })
    void builtIn(
            String model,
            BigDecimal input,
            BigDecimal output,
            BigDecimal shortWrite,
            BigDecimal hourWrite,
            BigDecimal read) {
        Price price = PriceTable.builtIn().priceOf(model).orElseThrow();
        long million = 1_000_000;
        assertThat(price.of(new TokenUsage(million, 0, 0, 0))).isEqualByComparingTo(input);
        assertThat(price.of(new TokenUsage(0, million, 0, 0))).isEqualByComparingTo(output);
        assertThat(price.of(new TokenUsage(0, 0, million, 0))).isEqualByComparingTo(shortWrite);
        assertThat(price.of(new TokenUsage(0, 0, million, 0, million))).isEqualByComparingTo(hourWrite);
        assertThat(price.of(new TokenUsage(0, 0, 0, million))).isEqualByComparingTo(read);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("A model that is not in it has no price, however much its name resembles another")
    @NullSource
    @ValueSource(
            strings = {
                "",
                "-20250514",
                "claude-opus-4-8",
                "claude-opus-5",
                "claude-sonnet-4-7-20260101",
                "claude-opus-4-6-fast",
                "claude-opus-4-6-2026010",
                "claude-opus-4-6-20260101-20260101",
                "Claude-Opus-4-6",
                "opus",
                "haiku",
                "<synthetic>"
            })
    void unknown(String model) {
        assertThat(PriceTable.builtIn().priceOf(model)).isEmpty();
    }

    @Test
    @DisplayName("Costs are exact: 7 and 11 tokens and a few of the cache make millionths of cents")
    void exact() {
        Price haiku = PriceTable.builtIn().priceOf("claude-3-haiku").orElseThrow();
        // 7 x 0.25 + 11 x 1.25 + (13 - 5) x 0.30 + 5 x 0.50 + 17 x 0.03 = 1.75 + 13.75 + 2.40 + 2.50 + 0.51
        assertThat(haiku.of(new TokenUsage(7, 11, 13, 17, 5))).isEqualByComparingTo("0.00002091");
    }

    @Test
    @DisplayName("Trillions of tokens do not overflow")
    void huge() {
        Price price = price("999999.999999", "0", "0", "0", "0");
        assertThat(price.of(new TokenUsage(999_999_999_999L, 0, 0, 0)))
                .isEqualByComparingTo("999999999998.000000000001");
    }

    @Test
    @DisplayName("The lines of an operator's file win, add models, and leave the others as they are")
    void overridden() throws IOException {
        PriceTable table = PriceTable.builtIn().overriddenBy(file("""
                # ours

                claude-opus-4-6 4 20 5 8 0.40   # negotiated
                \tgateway/house:1\t0\t0 0 0 0
                """));
        Price ours = price("4", "20", "5", "8", "0.40");
        assertThat(table.priceOf("claude-opus-4-6")).contains(ours);
        assertThat(table.priceOf("claude-opus-4-6-20260101")).contains(ours);
        assertThat(table.priceOf("gateway/house:1")).contains(price("0", "0", "0", "0", "0"));
        assertThat(table.priceOf("claude-haiku-4-5"))
                .isEqualTo(PriceTable.builtIn().priceOf("claude-haiku-4-5"));
    }

    @Test
    @DisplayName("A price of a dated version goes before that of all versions")
    void datedFirst() throws IOException {
        PriceTable table = PriceTable.builtIn().overriddenBy(file("claude-opus-4-6-20260101 1 2 3 4 5"));
        assertThat(table.priceOf("claude-opus-4-6-20260101")).contains(price("1", "2", "3", "4", "5"));
        assertThat(table.priceOf("claude-opus-4-6-20260202")).contains(price("5", "25", "6.25", "10", "0.50"));
    }

    @Test
    @DisplayName("Lines may end as they do on Windows, and the last not at all")
    void lineEndings() throws IOException {
        PriceTable table = PriceTable.builtIn().overriddenBy(file("a 1 2 3 4 5\r\nb 1 2 3 4 5"));
        assertThat(table.priceOf("a")).isPresent();
        assertThat(table.priceOf("b")).isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("A broken line is refused by file, line and reason")
    @CsvSource(
            delimiter = '|',
            value = {
                "m 1 2 3 4 | there are 5 columns",
                "m 1 2 3 4 5 6 | there are 7 columns",
                "m 1,2,3,4,5 | there are 2 columns",
                "m 1 x 3 4 5 | the price \"x\" (output)",
                "m -1 2 3 4 5 | the price \"-1\" (input)",
                "m 1 2 1e999999999 4 5 | the price \"1e999999999\" (5-minute cache write)",
                "m 1 2 3 $4 5 | the price \"$4\" (1-hour cache write)",
                "m 1 2 3 4 1000000 | the price \"1000000\" (cache read)",
                "good 1 2 3 4 5 | good has a price already",
                "modèle 1 2 3 4 5 | \"modèle\" is no name of a model",
            })
    void broken(String line, String reason) throws IOException {
        Path file = file("# ours\ngood 1 2 3 4 5\n\n" + line + "\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceTable.builtIn().overriddenBy(file))
                .withMessageStartingWith(file + ", line 4: ")
                .withMessageContaining(reason);
    }

    @Test
    @DisplayName("A name that is not UTF-8 is refused, a comment that is not does no harm")
    void notUtf8() throws IOException {
        Path file = Files.write(folder.resolve("prices"), "# £\na 1 2 3 4 5".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(PriceTable.builtIn().overriddenBy(file).priceOf("a")).isPresent();
        Files.write(file, "£ 1 2 3 4 5".getBytes(StandardCharsets.ISO_8859_1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceTable.builtIn().overriddenBy(file))
                .withMessageStartingWith(file + ", line 1: ");
    }

    @Test
    @DisplayName("A file that is not there is refused by name")
    void missing() {
        Path missing = folder.resolve("missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceTable.builtIn().overriddenBy(missing))
                .withMessageStartingWith("observatory.pricing.file is " + missing)
                .withCauseInstanceOf(NoSuchFileException.class);
    }
}
