package dev.observatory.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    @DisplayName("Members keep their order, and every kind of value has its form")
    void values() {
        assertThat(Json.text(Json.object(
                        "text",
                        "a",
                        "none",
                        null,
                        "number",
                        4,
                        "yes",
                        true,
                        "list",
                        List.of("b", 1),
                        "map",
                        Json.object())))
                .isEqualTo("{\"text\":\"a\",\"none\":null,\"number\":4,\"yes\":true,\"list\":[\"b\",1],\"map\":{}}");
    }

    @Test
    @DisplayName("Quotes, backslashes and control characters are escaped, other characters are not")
    void escapes() {
        assertThat(Json.text("\"\\\n\t\u0001\u00fc\ud83d\ude80"))
                .isEqualTo("\"\\\"\\\\\\n\\t\\u0001\u00fc\ud83d\ude80\"");
    }
}
