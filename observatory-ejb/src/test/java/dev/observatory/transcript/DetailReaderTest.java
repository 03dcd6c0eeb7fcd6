package dev.observatory.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The reader of details")
class DetailReaderTest {

    private final DetailReader reader = new DetailReader();

    /** Reads a line in which {@code '} stands for {@code "}. */
    private RecordDetail read(String line) {
        return reader.read(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private List<DetailBlock> content(String content) {
        return read("{'type':'user','message':{'role':'user','content':" + content + "},'uuid':'u'}")
                .blocks();
    }

    private DetailBlock block(String block) {
        List<DetailBlock> blocks = content("[" + block + "]");
        assertThat(blocks).hasSize(1);
        return blocks.get(0);
    }

    @Test
    @DisplayName("gives texts and thoughts in full, however long")
    void fullTexts() {
        String text = "Größe 🙂 ".repeat(200_000);
        assertThat(block("{'text':'" + text + "','type':'text'}")).isEqualTo(new DetailBlock.Text(text));
        assertThat(block("{'type':'thinking','thinking':'" + text + "','signature':'x'}"))
                .isEqualTo(new DetailBlock.Thinking(text));
    }

    @Test
    @DisplayName("takes content that is a string, or a list with bare strings and things of no meaning in it")
    void strings() {
        assertThat(content("'hello'")).containsExactly(new DetailBlock.Text("hello"));
        assertThat(content("['hello',null,7,['a']]"))
                .containsExactly(
                        new DetailBlock.Text("hello"),
                        new DetailBlock.Other(null, "7"),
                        new DetailBlock.Other(null, "[\"a\"]"));
        assertThat(content("null")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ 'a' : [1, 2.50, {'b': null}] , 'a':'twice'}",
                "{'command':'echo \\ud83d \\u0000 </details> ü 漢 🙂'}",
                "'text'",
                "-1.5e3",
                "17",
                "true",
                "null",
                "[ ]",
                "999999999999999999999999999999999999999999e99999999999"
            })
    @DisplayName("gives a call's input as it is written")
    void inputs(String input) {
        String json = input.replace('\'', '"');
        assertThat(block("{'type':'tool_use','id':'c','input': " + input + " ,'name':'Bash'}"))
                .isEqualTo(new DetailBlock.ToolUse("c", "Bash", json));
        assertThat(block("{'input':" + input + ",'type':'tool_use'}"))
                .isEqualTo(new DetailBlock.ToolUse(null, null, json));
    }

    @Test
    @DisplayName("knows a call without input")
    void noInput() {
        assertThat(block("{'type':'tool_use','id':5,'name':[]}")).isEqualTo(new DetailBlock.ToolUse(null, null, null));
    }

    @Test
    @DisplayName("gives all parts of a result")
    void results() {
        assertThat(block("{'type':'tool_result','tool_use_id':'c','content':'out','is_error':true}"))
                .isEqualTo(new DetailBlock.ToolResult("c", true, List.of(new DetailBlock.Text("out"))));
        assertThat(block("{'type':'tool_result','content':[{'type':'text','text':'a'},'b',"
                        + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'QUJD'}}]}"))
                .isEqualTo(new DetailBlock.ToolResult(
                        null,
                        false,
                        List.of(
                                new DetailBlock.Text("a"),
                                new DetailBlock.Text("b"),
                                new DetailBlock.Media("image", "image/png", 3))));
        assertThat(block("{'type':'tool_result','tool_use_id':'c','content':null,'is_error':'yes'}"))
                .isEqualTo(new DetailBlock.ToolResult("c", false, List.of()));
    }

    @Test
    @DisplayName("only mentions an image or a document, never its bytes")
    void media() {
        String data = "A".repeat(400_000);
        assertThat(block("{'source':{'data':'" + data + "','media_type':'image/jpeg','type':'base64'},'type':'image'}"))
                .isEqualTo(new DetailBlock.Media("image", "image/jpeg", 300_000));
        assertThat(block("{'type':'document','source':{'type':'base64','data':5}}"))
                .isEqualTo(new DetailBlock.Media("document", null, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'image','source':{'type':'url','url':'https://example.org/a.png'}}",
                "{'type':'image'}",
                "{'type':'image','source':'x'}",
                "{'type':'telepathy','waves':{'deep':[1,{'x':null}]}}",
                "{'type':7}",
                "{}"
            })
    @DisplayName("gives a block that it does not know as it is written")
    void unknownBlocks(String block) {
        DetailBlock read = block(" " + block + " ");
        assertThat(read).isInstanceOf(DetailBlock.Other.class);
        assertThat(((DetailBlock.Other) read).json()).isEqualTo(block.replace('\'', '"'));
    }

    @Test
    @DisplayName("reads the parent, wherever it stands, and takes fields of a wrong kind for missing")
    void envelope() {
        assertThat(read("{'message':'text','parentUuid':'p'}")).isEqualTo(new RecordDetail("p", List.of()));
        assertThat(read("{'parentUuid':{'a':1},'message':[{'content':'x'}]}"))
                .isEqualTo(new RecordDetail(null, List.of()));
        assertThat(read("{'message':{'content':'first','content':'last'}}").blocks())
                .containsExactly(new DetailBlock.Text("last"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "no JSON", "{'message':{'content':['x'", "{}{}", "{} x", "{}}"})
    @DisplayName("refuses what is no record")
    void refused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(line));
    }

    @Test
    @DisplayName("reads a line of which the parser did not see that its bytes are no UTF-8, with U+FFFD in their place")
    void mends() {
        String text =
                "{\"parentUuid\":\"#\",\"message\":{\"content\":[{\"type\":\"tool_use\",\"input\":{\"a\":\"#\"}}]}}";
        // half a surrogate pair, as a program writes it that encodes each half by itself
        byte[] line = text.replace("#", "\u00ed\u00a0\u0080").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(new TranscriptParser(50).parse(line, 0, line.length)).isInstanceOf(TranscriptRecord.class);

        RecordDetail detail = reader.read(line);

        assertThat(detail.parentUuid()).matches("\ufffd+");
        assertThat(detail.blocks())
                .singleElement()
                .isInstanceOfSatisfying(
                        DetailBlock.ToolUse.class,
                        call -> assertThat(call.input()).matches("\\{\"a\":\"\ufffd+\"}"));
    }

    @Test
    @DisplayName("reads every line that the parser takes for a record, whatever bytes it is made of")
    void agreesWithTheParser() {
        TranscriptParser parser = new TranscriptParser(50);
        byte[] line =
                ("{\"parentUuid\":\"p\",\"message\":{\"content\":[{\"type\":\"tool_use\",\"input\":{\"a\":[1.5]}},"
                                + "\"é🙂\",{\"type\":\"tool_result\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":"
                                + "\"base64\",\"data\":\"AAAA\"}}]},{\"type\":\"x\"},null,3]},\"toolUseResult\":[{},\"\\ud83d\"]}")
                        .getBytes(StandardCharsets.UTF_8);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int records = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] mutant = line.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            if (parser.parse(mutant, 0, mutant.length) instanceof TranscriptRecord) {
                assertThat(reader.read(mutant))
                        .as("seed " + seed + ", line " + i)
                        .isNotNull();
                records++;
            }
        }
        assertThat(records).isPositive();
    }
}
