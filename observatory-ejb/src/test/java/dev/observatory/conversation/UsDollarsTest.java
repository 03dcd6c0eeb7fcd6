package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Amounts of dollars")
class UsDollarsTest {

    @ParameterizedTest(name = "{0} is told as {1}")
    @DisplayName("have at most six decimals, no needless zeros and no exponent")
    @CsvSource({
        "0.1234565, 0.123457",
        "0.12345649, 0.123456",
        "1.500000, 1.5",
        "20.00, 20",
        "2E+1, 20",
        "0.00000000, 0",
        "0.00000049, 0",
        "0.000001, 0.000001",
    })
    void rounded(BigDecimal amount, String told) {
        assertThat(UsDollars.rounded(amount)).isEqualTo(new BigDecimal(told)).hasToString(told);
    }

    @Test
    @DisplayName("stay unknown where they are")
    void unknown() {
        assertThat(UsDollars.rounded(null)).isNull();
    }
}
