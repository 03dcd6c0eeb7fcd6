package dev.observatory.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Paragraph;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Prose in a document")
class ProseTest {

    /** What breaks out of places, if anything does. */
    private static final String[] PIECES = {
        "```",
        "````",
        "~~~",
        "~~~~",
        "`",
        "``",
        "\\",
        "|",
        "<script>",
        "</details>",
        "<!--",
        "<div>",
        "> ",
        "- ",
        "1. ",
        "\n",
        "\n",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "    ",
        "  ",
        " ",
        "\t",
        "# ",
        "---",
        "===",
        "text",
        "List<String>",
        "x`<b>`",
        "[a]: /b\n",
        "[a](<b>)",
        "&lt;",
        "\u00a0",
        "\u2003",
        "\u2028",
        "\u0085",
        "\f",
        "\u0000",
        "\ufeff",
        "$$\n",
        "*",
        "<?x",
        "<http://a.b>"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text\n```\nunclosed",
                "</details>",
                "a <script>alert(1)</script>",
                "- ~~~\n```\n~~~\n<script>",
                "  ~~~\n```\n~~~\n<script>",
                "~~~\n\t~~~\n<script>",
                "`a\nb` <script> `c`",
                "- ` x\n- <script> `",
                "|a|b|\n|-|-|\n| ` | ` ` <b> ` |",
                "\\` <b> `",
                "para\n    ```\n    <script>",
                "```\na\n``` \u2003\n<b>\n```\n",
                "> ```\n\n<b>",
                "1. ```\n<b>\n```\n",
                "`a\n\u2003\n` <b> `c`",
            })
    @DisplayName("cannot break out of its quotation, nor bring HTML into the document")
    void staysInside(String text) {
        assertSafe(text, text);
    }

    @Test
    @DisplayName("cannot do so whatever it is made of")
    void staysInsideAtRandom() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(20); n >= 0; n--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            assertSafe(text.toString(), "seed " + seed + ", text " + i);
        }
    }

    private static void assertSafe(String text, String what) {
        String markdown = "before\n\n" + Prose.quote(text) + "after\n";
        for (boolean withTables : new boolean[] {true, false}) {
            Document document = new Document(markdown, withTables);
            assertThat(document.all(HtmlBlock.class)).as(what).isEmpty();
            assertThat(document.all(HtmlInline.class)).as(what).isEmpty();
            assertThat(document.parts()).as(what).first().isInstanceOf(Paragraph.class);
            assertThat(document.parts()).as(what).last().isInstanceOf(Paragraph.class);
            assertThat(document.parts().subList(1, document.parts().size() - 1))
                    .as(what)
                    .hasSizeLessThanOrEqualTo(1)
                    .allMatch(BlockQuote.class::isInstance);
        }
    }

    @Test
    @DisplayName("keeps code as it is where that is certain")
    void keepsCode() {
        Document document = new Document(
                Prose.quote("A `List<String>` and ``a ` <b>``, but <b>.\n\n```java\nMap<K, V> map;\n  ```\nthen `<i>`"),
                true);

        assertThat(document.all(Code.class))
                .extracting(Code::getLiteral)
                .containsExactly("List<String>", "a ` <b>", "<i>");
        assertThat(document.all(FencedCodeBlock.class))
                .extracting(FencedCodeBlock::getLiteral)
                .containsExactly("Map<K, V> map;\n");
    }

    @Test
    @DisplayName("is left out when there is none")
    void blank() {
        assertThat(Prose.quote(" \n\t")).isEmpty();
    }
}
