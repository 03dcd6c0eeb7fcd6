package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.rest.BroadcastReader.Body;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The body of a broadcast")
class BroadcastReaderTest {

    private static final BroadcastLimits LIMITS =
            new BroadcastLimits(100, 10_000, 3, 10, Duration.ofDays(7), Duration.ofMinutes(10), 100);

    private final BroadcastReader reader = new BroadcastReader(LIMITS);

    /** Writes {@code "} for {@code '}. */
    private Body read(String json) {
        return reader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("is one message with all that can be said of it, or a message for a user")
    void one() {
        Body body = read("{'channel':'topic:a','type':'note','data':{'n':1},'priority':'normal','conflation_key':'k',"
                + "'keep_for':'PT1H','idempotency_key':'i','unknown':[{'x':null}]}");

        assertThat(body.isArray()).isFalse();
        Publication publication = body.publications().get(0);
        Draft draft = publication.draft();
        assertThat(publication.idempotencyKey()).isEqualTo("i");
        assertThat(draft.channel()).isEqualTo(Channel.named("topic:a"));
        assertThat(draft.type()).isEqualTo("note");
        assertThat(draft.conflationKey()).isEqualTo("k");
        assertThat(draft.keptFor()).isEqualTo(Duration.ofHours(1));
        Draft notice = read("{'user':'ann','data':1,'type':null}")
                .publications()
                .get(0)
                .draft();
        assertThat(notice.channel()).isEqualTo(Channel.named("user:ann"));
        assertThat(notice.type()).isEqualTo("notice");
        assertThat(notice.keptFor()).isNull();
    }

    @Test
    @DisplayName("is an array of up to so many, in order")
    void several() {
        Body body = read("[{'channel':'topic:a','type':'x','data':1},{'channel':'topic:b','type':'y','data':'2'}]");

        assertThat(body.isArray()).isTrue();
        assertThat(body.publications()).extracting(p -> p.draft().type()).containsExactly("x", "y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":[1.50,1E+400,\"\\u00e9ü😀\\\"\\\\\",true,null,{}]}",
                "12345678901234567890123",
                "\"text\"",
                "false",
                "[]",
            })
    @DisplayName("has data of any kind, which goes out as it came")
    void data(String data) {
        Draft draft = read("{'type':'x','data': " + data + " ,'channel':'topic:a'}")
                .publications()
                .get(0)
                .draft();

        assertThat(new JsonEncoder().encode(draft.data())).isEqualTo(data.replace("\\u00e9", "é"));
    }

    @ParameterizedTest(name = "{displayName}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'x','data':1}                                             | channel",
                "{'channel':'topic:a','user':'ann','type':'x','data':1}            | user",
                "{'channel':'alerts','type':'x','data':1}                          | channel",
                "{'channel':'user:ann','type':'x','data':1}                        | channel",
                "{'channel':'topic:ä','type':'x','data':1}                         | channel",
                "{'channel':7,'type':'x','data':1}                                 | channel",
                "{'user':'a b','data':1}                                           | user",
                "{'user':'','data':1}                                              | user",
                "{'channel':'topic:a','data':1}                                    | type",
                "{'channel':'topic:a','type':'No','data':1}                        | type",
                "{'channel':'topic:a','type':'snapshot','data':1}                  | type",
                "{'channel':'topic:a','type':'x'}                                  | data",
                "{'channel':'topic:a','type':'x','data':null}                      | data",
                "{'channel':'topic:a','type':'x','data':1e9999999999}              | data",
                "{'user':'ann','data':[-1e-9999999999]}                            | data",
                "{'channel':'topic:a','type':'x','data':1,'priority':'high'}       | priority",
                "{'user':'ann','data':1,'priority':'normal'}                       | priority",
                "{'channel':'topic:a','type':'x','data':1,'keep_for':'1h'}         | keep_for",
                "{'channel':'topic:a','type':'x','data':1,'keep_for':'PT0S'}       | keep_for",
                "{'channel':'topic:a','type':'x','data':1,'keep_for':'-PT1S'}      | keep_for",
                "{'channel':'topic:a','type':'x','data':1,'keep_for':'P8D'}        | keep_for",
                "{'channel':'topic:a','type':'x','data':1,'conflation_key':''}     | conflation_key",
                "{'channel':'topic:a','type':'x','data':1,'idempotency_key':9}     | idempotency_key",
                "[{'user':'ann','data':1},{'user':'ann'}]                          | [1].data",
                "[{'user':'ann','data':1},7]                                       | [1]",
                "[{'user':'a','data':1},{'user':'a','data':1},{'user':'a','data':1},{'user':'a','data':1}] | body",
                "[]                                                                | body",
                "7                                                                 | body",
                "``                                                                | body",
                "{'user':'ann','data':1                                            | body",
                "{'user':'ann','data':1}{}                                         | body",
                "{'user':'ann','user':'bob','data':1}                              | body",
                "{'user':'ann','data':{'a':1,'a':2}}                               | body",
                "{'user':'ann','data':NaN}                                         | body",
            })
    @DisplayName("is refused with the field that is wrong")
    void refuses(String json, String field) {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> read(json))
                .satisfies(refusal -> assertThat(refusal.parameter()).isEqualTo(field))
                .withMessageNotContaining("fasterxml");
    }

    @Test
    @DisplayName("is refused when the data of a message is too large, deep, or no UTF-8")
    void refusesTooMuch() {
        String most = "'" + "ä".repeat(49) + "'";
        read("{'user':'ann','data':" + most + "}");
        assertThatExceptionOfType(TooLargeException.class)
                .isThrownBy(() -> read("[{'user':'ann','data':" + most.replace("ä'", "ää'") + "}]"))
                .withMessageContaining("[0].data has at most 100 bytes");
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> read("{'user':'ann','data':" + "[".repeat(5_000) + "]".repeat(5_000) + "}"));
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> reader.read(new byte[] {'"', (byte) 0xc3, '"'}))
                .withMessageContaining("UTF-8");
    }

    @Test
    @DisplayName("is taken or refused whatever it is")
    void hostile() {
        Random random = new Random(7);
        byte[] sample = "[{\"channel\":\"topic:a\",\"type\":\"x\",\"data\":{\"n\":[1,\"é\"]},\"keep_for\":\"PT1H\"}]"
                .getBytes(StandardCharsets.UTF_8);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] body = Arrays.copyOf(sample, sample.length - random.nextInt(2) * random.nextInt(sample.length));
            for (int change = random.nextInt(3); change > 0 && body.length > 0; change--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            try {
                reader.read(body);
                taken++;
            } catch (InvalidParameterException expected) {
                assertThat(expected.parameter()).isNotEmpty();
            }
        }

        assertThat(taken).isBetween(1, 19_999);
    }
}
