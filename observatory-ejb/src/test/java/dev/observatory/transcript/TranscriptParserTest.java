package dev.observatory.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.transcript.BadLine.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The transcript parser")
class TranscriptParserTest {

    private static final int LIMIT = 20;

    private final TranscriptParser parser = new TranscriptParser(LIMIT);

    private ParsedLine parse(byte[] line) {
        return parser.parse(line, 0, line.length);
    }

    /** Reads a line in which {@code '} stands for {@code "}. */
    private TranscriptRecord record(String line) {
        ParsedLine parsed = parse(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        assertThat(parsed).isInstanceOf(TranscriptRecord.class);
        return (TranscriptRecord) parsed;
    }

    private ContentBlock block(String block) {
        return record("{'type':'user','message':{'content':[" + block + "]}}")
                .message()
                .content()
                .get(0);
    }

    private Reason refusal(byte[] line) {
        ParsedLine parsed = parse(line);
        assertThat(parsed).isInstanceOf(BadLine.class);
        return ((BadLine) parsed).reason();
    }

    @Test
    @DisplayName("The envelope is read, whatever the order of its fields")
    void envelope() {
        TranscriptRecord record =
                record("{'isSidechain':true,'uuid':'u1','cwd':'/w','sessionId':'s','gitBranch':'main',"
                        + "'version':'2.1.0','agentId':'a','requestId':'r','isMeta':true,'isCompactSummary':true,"
                        + "'timestamp':'2026-01-02T03:04:05.678Z','subtype':'x','content':'done','type':'system'}");
        assertThat(record)
                .isEqualTo(new TranscriptRecord(
                        "system",
                        "x",
                        "u1",
                        "s",
                        Instant.parse("2026-01-02T03:04:05.678Z"),
                        "/w",
                        "main",
                        "2.1.0",
                        "r",
                        "a",
                        true,
                        true,
                        true,
                        TranscriptMessage.EMPTY,
                        null,
                        null,
                        new CutText("done", false)));
    }

    @Test
    @DisplayName("Unknown types and fields pass, and so does a record without type")
    void unknown() {
        assertThat(record("{'type':'telepathy','waves':{'deep':[1,{'x':null}]},'uuid':'u'}")
                        .uuid())
                .isEqualTo("u");
        assertThat(record("{'sessionId':'s','costUSD':0.12}").type()).isNull();
        assertThat(record("{}").uuid()).isNull();
    }

    @Test
    @DisplayName("Fields of a wrong kind count as missing")
    void wrongKinds() {
        TranscriptRecord record = record("{'type':7,'uuid':{'a':1},'isMeta':'yes','timestamp':[],'cwd':null,"
                + "'message':'text','content':[{'x':1}],'isSidechain':{'a':true}}");
        assertThat(record.type()).isNull();
        assertThat(record.uuid()).isNull();
        assertThat(record.meta()).isFalse();
        assertThat(record.sidechain()).isFalse();
        assertThat(record.timestamp()).isNull();
        assertThat(record.message()).isEqualTo(TranscriptMessage.EMPTY);
        assertThat(record.text()).isEqualTo(CutText.EMPTY);
    }

    @Test
    @DisplayName("A message gives its id, role, model and usage")
    void message() {
        TranscriptMessage message = record("{'type':'assistant','message':{'id':'m','role':'assistant','model':'opus',"
                        + "'content':[],'usage':{'input_tokens':1,'output_tokens':2,'cache_creation_input_tokens':3,"
                        + "'cache_read_input_tokens':4,'cache_creation':{'ephemeral_5m_input_tokens':9}}}}")
                .message();
        assertThat(message)
                .isEqualTo(new TranscriptMessage("m", "assistant", "opus", new TokenUsage(1, 2, 3, 4), List.of()));
    }

    @Test
    @DisplayName("Counts of tokens that cannot be are none")
    void absurdUsage() {
        TranscriptMessage message = record("{'message':{'usage':{'input_tokens':-5,'output_tokens':" + "9".repeat(5000)
                        + ",'cache_creation_input_tokens':'7','cache_read_input_tokens':1.5}}}")
                .message();
        assertThat(message.usage()).isEqualTo(new TokenUsage(0, 0, 0, 0));
    }

    @Test
    @DisplayName("Content may be a string, or a list with bare strings in it")
    void strings() {
        List<ContentBlock> bare = List.of(new ContentBlock.Text(new CutText("hello", false)));
        assertThat(record("{'message':{'content':'hello'}}").message().content())
                .isEqualTo(bare);
        assertThat(record("{'message':{'content':['hello',3,null]}}").message().content())
                .isEqualTo(bare);
    }

    @Test
    @DisplayName("Every kind of block is read")
    void blocks() {
        assertThat(block("{'text':'t','type':'text'}")).isEqualTo(new ContentBlock.Text(new CutText("t", false)));
        assertThat(block("{'type':'thinking','thinking':'hm','signature':'x'}"))
                .isEqualTo(new ContentBlock.Thinking(new CutText("hm", false)));
        assertThat(block("{'type':'image','source':{'data':'AAAA'}}")).isEqualTo(new ContentBlock.Image());
        assertThat(block("{'type':'document'}")).isEqualTo(new ContentBlock.Other("document"));
        assertThat(block("{'type':'tool_result','tool_use_id':'c','content':'out','is_error':true}"))
                .isEqualTo(new ContentBlock.ToolResult("c", true, new CutText("out", false)));
        assertThat(block("{'type':'tool_result','tool_use_id':'c','content':[{'type':'image'},{'text':'out'}]}"))
                .isEqualTo(new ContentBlock.ToolResult("c", false, new CutText("out", false)));
    }

    @Test
    @DisplayName("A tool call is described by the most telling value of its input")
    void toolUse() {
        assertThat(block("{'type':'tool_use','id':'c','name':'Bash',"
                        + "'input':{'description':'lists','timeout':5,'command':'ls -l','env':{'command':'no'}}}"))
                .isEqualTo(new ContentBlock.ToolUse("c", "Bash", new CutText("ls -l", false)));
        assertThat(block("{'type':'tool_use','input':{'todos':[{'content':'x'}]}}"))
                .isEqualTo(new ContentBlock.ToolUse(null, null, CutText.EMPTY));
    }

    @Test
    @DisplayName("Long texts are cut at the limit, but never within a character")
    void cut() {
        assertThat(block("{'type':'text','text':'" + "x".repeat(100_000) + "'}"))
                .isEqualTo(new ContentBlock.Text(new CutText("x".repeat(LIMIT), true)));
        assertThat(block("{'type':'text','text':'" + "x".repeat(LIMIT) + "'}"))
                .isEqualTo(new ContentBlock.Text(new CutText("x".repeat(LIMIT), false)));
        assertThat(block("{'type':'text','text':'" + "x".repeat(LIMIT - 1) + "\uD83D\uDE00yz'}"))
                .isEqualTo(new ContentBlock.Text(new CutText("x".repeat(LIMIT - 1), true)));
    }

    @ParameterizedTest
    @CsvSource({
        "custom-title, customTitle, CUSTOM_TITLE",
        "agent-name, agentName, AGENT_NAME",
        "ai-title, aiTitle, AI_TITLE",
        "summary, summary, SUMMARY"
    })
    @DisplayName("Every kind of title is read")
    void titles(String type, String field, RecordTitle.Kind kind) {
        assertThat(record("{'type':'" + type + "','" + field + "':'T'}").title())
                .isEqualTo(new RecordTitle(kind, new CutText("T", false)));
    }

    @Test
    @DisplayName("A title's field in a record of another type is no title")
    void noTitle() {
        assertThat(record("{'type':'user','agentName':'Bob','summary':'x'}").title())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.678901Z, 2026-01-02T03:04:05.678901Z",
        "2026-01-02T05:04:05.5+02:00, 2026-01-02T03:04:05.5Z",
        "2026-01-02T03:04:05.678, 2026-01-02T03:04:05.678Z"
    })
    @DisplayName("Times are understood with or without decimals, offset or zone")
    void times(String written, Instant meant) {
        assertThat(record("{'timestamp':'" + written + "'}").timestamp()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-13-02T03:04:05Z",
                "1767322800000",
                "+99999-01-01T00:00:00Z",
                "0001-01-01T00:00:00Z"
            })
    @DisplayName("A time that cannot be is none")
    void nonsenseTimes(String written) {
        assertThat(record("{'timestamp':'" + written + "'}").timestamp()).isNull();
    }

    @Test
    @DisplayName("Only the given part of the buffer is read")
    void slice() {
        byte[] buffer = "garbage{\"uuid\":\"u\"}garbage".getBytes(StandardCharsets.UTF_8);
        assertThat(parser.parse(buffer, 7, 12)).isInstanceOf(TranscriptRecord.class);
        assertThat(parser.parse(buffer, 7, 11)).isEqualTo(new BadLine(Reason.NOT_JSON));
    }

    @Test
    @DisplayName("A carriage return at the end and raw line separators do no harm")
    void tolerated() {
        assertThat(record("{'uuid':'u'}\r").uuid()).isEqualTo("u");
        assertThat(record("{'uuid':'a\u2028b'}").uuid()).isEqualTo("a\u2028b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1 | NOT_JSON",
                "{\"a\":1}} | NOT_JSON",
                "{\"a\":1}{\"b\":2} | NOT_JSON",
                "{\"a\":tru} | NOT_JSON",
                "{\"message\":{\"content\":[\"x\" | NOT_JSON",
                "[1,2] | NOT_AN_OBJECT",
                "\"text\" | NOT_AN_OBJECT",
                "17 | NOT_AN_OBJECT",
                "hello | NOT_JSON"
            })
    @DisplayName("What is no JSON object is refused, with the reason")
    void refused(String line, Reason reason) {
        assertThat(refusal(line.strip().getBytes(StandardCharsets.UTF_8))).isEqualTo(reason);
    }

    @Test
    @DisplayName("Bytes that are not UTF-8 are refused, also within values that are skipped")
    void invalidUtf8() {
        byte[] torn = "{\"skipped\":\"x\u00e9\"}".getBytes(StandardCharsets.UTF_8);
        torn[torn.length - 3] = 'x';
        assertThat(refusal(torn)).isEqualTo(Reason.INVALID_UTF8);
        assertThat(refusal("{\"uuid\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(Reason.INVALID_UTF8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\0\0\0{}", "{\0\"\0a\0", "{}\0\0", "{\"a\":\"\0\"}", "\0"})
    @DisplayName("NUL bytes are refused wherever they are")
    void nul(String line) {
        assertThat(refusal(line.getBytes(StandardCharsets.UTF_8))).isEqualTo(Reason.NUL_BYTES);
    }
}
