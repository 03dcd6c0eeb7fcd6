package dev.observatory.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Usage")
class UsageReaderTest {

    private static TokenUsage usage(String json) {
        byte[] line = ("{'message':{'usage':" + json + "}}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ((TranscriptRecord) new TranscriptParser(100).parse(line, 0, line.length))
                .message()
                .usage();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("The total of cache writes rules, and what the split does not claim for an hour is for five minutes")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'cache_creation_input_tokens':9,'cache_creation':{'ephemeral_5m_input_tokens':4,'ephemeral_1h_input_tokens':5}} | 9 | 4 | 5",
                "{'cache_creation':{'ephemeral_1h_input_tokens':5,'ephemeral_5m_input_tokens':4},'cache_creation_input_tokens':9} | 9 | 4 | 5",
                "{'cache_creation_input_tokens':9} | 9 | 9 | 0",
                "{'cache_creation_input_tokens':9,'cache_creation':{}} | 9 | 9 | 0",
                "{'cache_creation_input_tokens':9,'cache_creation':null} | 9 | 9 | 0",
                "{'cache_creation_input_tokens':9,'cache_creation':[{'ephemeral_1h_input_tokens':5}]} | 9 | 9 | 0",
                "{'cache_creation_input_tokens':9,'cache_creation':{'ephemeral_1h_input_tokens':{'a':5}}} | 9 | 9 | 0",
                "{'cache_creation_input_tokens':9,'cache_creation':{'ephemeral_1h_input_tokens':-5}} | 9 | 9 | 0",
                "{'cache_creation_input_tokens':9,'cache_creation':{'ephemeral_5m_input_tokens':1,'ephemeral_1h_input_tokens':2}} | 9 | 7 | 2",
                "{'cache_creation_input_tokens':9,'cache_creation':{'ephemeral_5m_input_tokens':8,'ephemeral_1h_input_tokens':7}} | 9 | 2 | 7",
                "{'cache_creation_input_tokens':9,'cache_creation':{'ephemeral_1h_input_tokens':70}} | 9 | 0 | 9",
                "{'cache_creation':{'ephemeral_1h_input_tokens':7}} | 0 | 0 | 0",
            })
    void split(String json, long total, long fiveMinutes, long hour) {
        TokenUsage usage = usage(json);
        assertThat(usage.cacheCreation()).isEqualTo(total);
        assertThat(usage.shortCacheCreation()).isEqualTo(fiveMinutes);
        assertThat(usage.hourCacheCreation()).isEqualTo(hour);
    }

    @Test
    @DisplayName("What is added can be taken away again")
    void sums() {
        TokenUsage one = new TokenUsage(1, 2, 3, 4, 2);
        TokenUsage other = new TokenUsage(10, 20, 30, 40, 30);
        assertThat(one.plus(other)).isEqualTo(new TokenUsage(11, 22, 33, 44, 32));
        assertThat(one.plus(other).minus(one)).isEqualTo(other);
    }

    @Test
    @DisplayName("No more can be written for an hour than is written at all")
    void impossible() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenUsage(0, 0, 3, 0, 4));
    }
}
