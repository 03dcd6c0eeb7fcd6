package dev.observatory.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.renderer.text.TextContentRenderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The export as Markdown")
class MarkdownExportTest {

    private static final String SESSION = "-shop/3f0e.jsonl";
    private static final String AGENT = "-shop/3f0e/subagents/agent-7.jsonl";
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private final SampleStore store = new SampleStore();

    private String export(String title) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exportOf(title).writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private MarkdownExport exportOf(String title) {
        return new MarkdownExport(store.store(), conversation(title), project(title), store.files());
    }

    private static ConversationUpdate conversation(String title) {
        return new ConversationUpdate(
                "3f0e",
                "p",
                "3f0e",
                title,
                ConversationState.IDLE,
                3,
                2,
                1,
                new Tokens(1, 2, 3, 4),
                new BigDecimal("0.0150"),
                title,
                title,
                "/home/ada/shop",
                SESSION,
                TIME,
                TIME.plusSeconds(60),
                ConversationUpdate.Change.APPENDED,
                1,
                List.of());
    }

    private static ProjectUpdate project(String path) {
        return new ProjectUpdate("p", "shop", path, false, 1, 0, 3, Tokens.NONE, null, null, null, null, 1);
    }

    @Test
    @DisplayName("tells what is known, the talk, and what agents did behind it")
    void wholeDocument() throws IOException {
        store.keep(SESSION, "{'type':'user','timestamp':'2026-01-02T03:04:05Z','message':{'content':'Hi *you*'}}")
                .keep(AGENT, "{'type':'user','message':{'content':'look'}}")
                .keep(SESSION, "{'type':'progress'}")
                .keep(
                        SESSION,
                        "{'type':'assistant','message':{'content':[{'type':'thinking','thinking':'hm'},"
                                + "{'type':'text','text':'Well.'}]}}")
                .keep(
                        SESSION,
                        "{'type':'assistant','message':{'content':[{'type':'tool_use','id':'c1','name':'Bash',"
                                + "'input':{'command':'ls'}}]}}")
                .keep(
                        SESSION,
                        "{'type':'user','message':{'content':[{'type':'tool_result','tool_use_id':'c1',"
                                + "'is_error':true,'content':[{'type':'text','text':'a.txt'},{'type':'image','source':"
                                + "{'type':'base64','media_type':'image/png','data':'QUJD'}}]}]}}")
                .keep(SESSION, "{'type':'user','isMeta':true,'message':{'content':'Caveat'}}")
                .keep(AGENT, "{'type':'assistant','message':{'content':'found'}}");

        assertThat(export("A title")).isEqualTo("""
                # A title

                - Conversation: `3f0e`
                - Project: `A title`
                - Branch: `A title`
                - Model: `A title`
                - Messages: 3, tool calls 2
                - Tokens: input 1, output 2, written to the cache 3, read from it 4
                - Cost: US-$ 0.0150
                - First message: 2026-01-02T03:04:05Z
                - Last message: 2026-01-02T03:05:05Z

                ## Conversation

                ### User (2026-01-02T03:04:05Z)

                > Hi *you*

                ### Assistant

                <details>
                <summary>Thinking</summary>

                > hm

                </details>

                > Well.

                **Tool call** `Bash` `c1`

                ```json
                {"command":"ls"}
                ```

                <details>
                <summary>Error of c1</summary>

                ```
                a.txt
                ```

                *image, image/png, 3 bytes, not included*

                </details>

                <details>
                <summary>From Claude Code</summary>

                > Caveat

                </details>

                ## Agent 7

                ### Task

                > look

                ### Assistant

                > found

                ---

                *End of the export: 7 records. 1 that are no part of the talk are left out.*
                """);
    }

    @Test
    @DisplayName("shows lines that could not be read")
    void unreadLines() throws IOException {
        store.keep(SESSION, "no JSON ```").keep(SESSION, new byte[0], 20_000_000);

        assertThat(export("t"))
                .contains("<summary>A line that is no record</summary>\n\n````\nno JSON ```\n````\n")
                .contains("*A line of 20000000 bytes, too long to be read*");
    }

    @Test
    @DisplayName("does without what is not known")
    void unknowns() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConversationUpdate bare = new ConversationUpdate(
                "3f0e",
                null,
                null,
                null,
                ConversationState.IDLE,
                0,
                0,
                0,
                Tokens.NONE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                ConversationUpdate.Change.CREATED,
                1,
                List.of());
        new MarkdownExport(store.store(), bare, null, List.of()).writeTo(out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("# 3f0e\n")
                .contains("- Cost: unknown\n")
                .doesNotContain("null", "Project", "Branch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</details></summary><script>",
                "```\\n~~~\\n<b>\\n# heading",
                "````````````",
                "a\\n---\\nb\\n===\\n\\n# x\\n\\n<!-- ",
                "\\r</details>\\r\\n# heading",
                "*_[x](y)`|\\\\",
                "\\u0000 \\ud83d",
                "- ~~~\\n```\\n~~~\\n</details>",
            })
    @DisplayName("keeps its form whatever stands in titles, texts, names, inputs, results and files")
    void hostileValues(String value) throws IOException {
        String json = "\"" + value + "\"";
        store.keep("-p/s/subagents/agent-<b>`#`.jsonl", "{'type':'user','message':{'content':" + json + "}}")
                .keep(SESSION, "{'type':'user','message':{'content':" + json + "}}")
                .keep(SESSION, "{'type':'user','isMeta':true,'message':{'content':" + json + "}}")
                .keep(
                        SESSION,
                        "{'type':'assistant','message':{'content':[{'type':'thinking','thinking':" + json + "},"
                                + json + ",{'type':'tool_use','id':" + json + ",'name':" + json + ",'input':{'x':"
                                + json + "}},{'type':" + json + ",'more':" + json
                                + "},{'type':'image','source':{'type':'base64','media_type':" + json + "}}]}}")
                .keep(
                        SESSION,
                        "{'type':'user','message':{'content':[{'type':'tool_result','tool_use_id':" + json
                                + ",'content':[" + json + ",{'type':" + json + "}]}]}}")
                .keep(SESSION, value);

        Document document = new Document(export(value.replace("\\n", "\n").replace("\\r", "\r")), true);

        assertThat(document.parts().stream().filter(Heading.class::isInstance).map(MarkdownExportTest::text))
                .hasSize(6)
                .element(1)
                .isEqualTo("Conversation");
        assertThat(document.all(HtmlInline.class)).isEmpty();
        assertThat(document.all(HtmlBlock.class))
                .allSatisfy(html ->
                        assertThat(html.getLiteral()).matches("</details>|<details>\\n<summary>[^<>]*</summary>"));
        assertThat(document.parts().stream().filter(HtmlBlock.class::isInstance))
                .hasSize(12);
        assertThat(document.parts().stream().filter(FencedCodeBlock.class::isInstance))
                .hasSize(5);
        assertThat(text(document.parts().get(document.parts().size() - 1))).startsWith("End of the export: 6 records.");
    }

    private static String text(Node node) {
        return TextContentRenderer.builder().build().render(node);
    }

    @Test
    @DisplayName("fails when the store goes away, between two records, with what to say then")
    void storeGoesAway() {
        store.keep(SESSION, "{'type':'user','message':{'content':'a'}}")
                .keep(SESSION, "{'type':'user','message':{'content':'b'}}")
                .goAwayAfter(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MarkdownExport export = exportOf("t");

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> export.writeTo(out));
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("> a\n\n");
        assertThat(export.brokenOff()).contains("incomplete");
    }
}
