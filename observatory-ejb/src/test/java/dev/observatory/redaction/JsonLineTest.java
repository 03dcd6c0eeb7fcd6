package dev.observatory.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("A line of JSON")
class JsonLineTest {

    private final Redactor redactor = Redactor.builtIn();

    private byte[] redact(byte[] line) {
        return redactor.redact(line, 0, line.length);
    }

    private String redact(String line) {
        return new String(redact(line.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @TestFactory
    @DisplayName("is redacted for each kind like the text it holds, with no, few, or all characters escaped")
    Stream<DynamicTest> kinds() {
        List<UnaryOperator<String>> ways = List.of(
                Json::string,
                text -> Json.string(text).replace("/", "\\/"),
                text -> Json.string(text)
                        .replace("=", "\\u003d")
                        .replace("@", "\\u0040")
                        .replace("&", "\\u0026"),
                Json::escapedString);
        return Secrets.samples().entrySet().stream()
                .flatMap(kind -> Arrays.stream(kind.getValue())
                        .map(sample -> dynamicTest(kind.getKey() + ": " + sample, () -> {
                            for (UnaryOperator<String> way : ways) {
                                verify(kind.getKey(), Marked.of(sample), way);
                            }
                        })));
    }

    private void verify(String kind, Marked marked, UnaryOperator<String> way) throws IOException {
        String line = "{\"type\":\"user\",\"n\":[1,-2.5e3,true,null],\"a\":{\"content\":" + way.apply(marked.text())
                + " , \"b\\\"c\" :\"\u2192 \uD83D\uDE00\"},\"e\":\"\"}";
        byte[] before = line.getBytes(StandardCharsets.UTF_8);
        byte[] after = redact(before);
        assertThat(Json.structure(after)).isEqualTo(Json.structure(before));
        assertThat(Json.texts(after))
                .containsExactly(
                        "type",
                        "user",
                        "n",
                        "a",
                        "content",
                        marked.redacted(kind),
                        "b\"c",
                        "\u2192 \uD83D\uDE00",
                        "e",
                        "");
    }

    @Test
    @DisplayName("stays the same array when it holds no secret, and a part of an array becomes one of its own")
    void nothing() {
        byte[] line = "{\"content\":\"the token is invalid\",\"input_tokens\":12}".getBytes(StandardCharsets.UTF_8);
        assertThat(redact(line)).isSameAs(line);
        byte[] buffer = ("xx\"" + new String(line, StandardCharsets.UTF_8) + "\"xx").getBytes(StandardCharsets.UTF_8);
        assertThat(redactor.redact(buffer, 3, line.length)).isEqualTo(line);
    }

    @Test
    @DisplayName("keeps every byte that is no secret as it was written")
    void literal() {
        assertThat(redact("  {\"a\" :\t\"\\u00e9\\/\u00e9 " + Secrets.AWS_KEY + "\\/\\u0041\" , \"b\":1.50E+2 } "))
                .isEqualTo("  {\"a\" :\t\"\\u00e9\\/\u00e9 [redacted:aws-key]\\/\\u0041\" , \"b\":1.50E+2 } ");
    }

    @Test
    @DisplayName("does not take the mark of an earlier round for a secret that begins in the name of its field")
    void marksBesideOpenNames() {
        byte[] redacted = "{\"'password': '\":\"[redacted:password]\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(redact(redacted)).isSameAs(redacted);
    }

    @Test
    @DisplayName("tells a secret by the name of its field")
    void fields() {
        assertThat(
                        redact(
                                "{\"input\":{\"password\":\"letmein\",\"DB_PASSWORD\" : \"x y z\",\"apiKey\":\"abcdef123456\"}}"))
                .isEqualTo("{\"input\":{\"password\":\"[redacted:password]\",\"DB_PASSWORD\" : \"x y z\","
                        + "\"apiKey\":\"[redacted:secret]\"}}");
        assertThat(redact("{\"pass\\u0077ord\":\"letmein\"}"))
                .isEqualTo("{\"pass\\u0077ord\":\"[redacted:password]\"}");
    }

    @Test
    @DisplayName("keeps numbers, objects and lists under such names, and looks into them")
    void structures() {
        String line = "{\"password\":12345678,\"token\":{\"a\":\"b1234567\"},\"secret\":[\"c1234567\"],\"token\":null}";
        assertThat(redact(line)).isEqualTo(line);
        assertThat(redact("{\"password\":[{\"x\":\"" + Secrets.EMAIL + "\"}]}"))
                .isEqualTo("{\"password\":[{\"x\":\"[redacted:email]\"}]}");
    }

    @Test
    @DisplayName("has its fields' names redacted, too")
    void names() {
        assertThat(redact("{\"" + Secrets.EMAIL + "\":{\"" + Secrets.AWS_KEY + "\":\"x\",\"y\":\"" + Secrets.JWT
                        + "\"}}"))
                .isEqualTo("{\"[redacted:email]\":{\"[redacted:aws-key]\":\"x\",\"y\":\"[redacted:jwt]\"}}");
    }

    @Test
    @DisplayName("is redacted also where JSON stands in strings of JSON")
    void nested() throws IOException {
        String json =
                "{\"password\":\"letmein\",\"key\":" + Json.string(Secrets.privateKey("RSA PRIVATE KEY", "\n")) + "}";
        String expected = "{\"password\":\"[redacted:password]\",\"key\":\"[redacted:private-key]\"}";
        for (int depth = 0; depth < 4; depth++) {
            assertThat(redact(json)).isEqualTo(expected);
            json = "[" + Json.string(json) + "]";
            expected = "[" + Json.string(expected) + "]";
        }
    }

    @Test
    @DisplayName("that is torn or no JSON at all is redacted as a text")
    void noJson() {
        assertThat(redact("{\"content\":\"password=hunter2 and " + Secrets.AWS_KEY))
                .isEqualTo("{\"content\":\"password=[redacted:password] and [redacted:aws-key]");
        assertThat(redact("ssword\":\"x\",\"password\":\"hunter2\",\"b\":\"\u2192"))
                .isEqualTo("ssword\":\"x\",\"password\":\"[redacted:password]\",\"b\":\"\u2192");
        assertThat(redact("\u2192 password=hunter2")).isEqualTo("\u2192 password=[redacted:password]");
        assertThat(redact("{\"a\":\"" + Secrets.AWS_KEY + "\\")).isEqualTo("{\"a\":\"[redacted:aws-key]\\");
    }

    @Test
    @DisplayName("does not change by being redacted again")
    void again() {
        String once = redact("{\"password\":\"letmein\",\"a\":\"" + Secrets.EMAIL + " " + Secrets.JWT + "\"}");
        assertThat(redact(once)).isEqualTo(once);
    }
}
