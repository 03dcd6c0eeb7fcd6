package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.transcript.DetailBlock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The reader of kept lines")
class FullRecordReaderTest {

    private static final String SESSION = "-shop/3f0e.jsonl";

    private final FullRecordReader reader = new FullRecordReader();

    private static PlacedLine line(String path, byte[] text, long skippedBytes) {
        FilePlace place = new FilePlace("/root", path, "c", null, 0, Instant.EPOCH, 0, 0, 0, 1, 0);
        return new PlacedLine(place, new KeptLine(1, text, skippedBytes), new LineMark(1, 0));
    }

    /** Reads a line in which {@code '} stands for {@code "}. */
    private FullRecord read(String line) {
        return reader.read(line(SESSION, line.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'user','message':{'content':'hi'}} | prompt | user",
                "{'type':'user','isMeta':true,'message':{'content':'hi'}} | user | user",
                "{'type':'assistant','message':{'content':[{'type':'text','text':'a'}]}} | text | assistant",
                "{'type':'assistant','message':{'content':[{'type':'tool_use'}]}} | tool_use | assistant",
                "{'type':'user','message':{'content':[{'type':'tool_result'}]}} | tool_result | user",
                "{'type':'system','content':'done'} | system | system",
                "{'type':'progress'} | progress |",
                "{'type':'summary','summary':'s'} | title |",
                "{} | unknown |",
            })
    @DisplayName("says of each what live updates say: its kind and role")
    void kinds(String line, String kind, String role) {
        FullRecord record = read(line);

        assertThat(record.kind()).isEqualTo(kind);
        assertThat(record.role()).isEqualTo(role);
        assertThat(record.isRecord()).isTrue();
    }

    @Test
    @DisplayName("gives the text beside the blocks in full: what a system record says, and titles")
    void texts() {
        String text = "x".repeat(100_000);

        assertThat(read("{'type':'system','content':'" + text + "'}").text()).isEqualTo(text);
        assertThat(read("{'type':'custom-title','customTitle':'" + text + "'}").text())
                .isEqualTo(text);
        assertThat(read("{'type':'user','message':{'content':'hi'}}").text()).isNull();
        assertThat(read("{'type':'user','message':{'content':'hi'}}").blocks())
                .containsExactly(new DetailBlock.Text("hi"));
    }

    @Test
    @DisplayName("shows a slash command as it was typed, and all that is said below each other")
    void said() {
        assertThat(read("{'type':'user','message':{'content':'<command-name>/x</command-name>"
                                + "<command-args>a b</command-args>'}}")
                        .said())
                .isEqualTo("/x a b");
        assertThat(read("{'type':'assistant','message':{'content':['a',{'type':'tool_use'},'b']}}")
                        .said())
                .isEqualTo("a\nb");
    }

    @Test
    @DisplayName("shows a line that is no record as it is, in valid characters")
    void badLines() {
        FullRecord bad = reader.read(line(SESSION, new byte[] {'n', 'o', (byte) 0xff, 0, (byte) 0xc3}, 0));

        assertThat(bad.kind()).isEqualTo("bad_line");
        assertThat(bad.isRecord()).isFalse();
        assertThat(bad.text()).isEqualTo("no\ufffd\u0000\ufffd");
        assertThat(bad.role()).isNull();
        assertThat(bad.blocks()).isEmpty();
        assertThat(read("[1]").kind()).isEqualTo("bad_line");
    }

    @Test
    @DisplayName("shows the stub of a line that was skipped for its length")
    void skippedLines() {
        FullRecord stub = reader.read(line(SESSION, new byte[0], 20_000_000));

        assertThat(stub.kind()).isEqualTo("oversized");
        assertThat(stub.text()).isEqualTo("A line of 20000000 bytes, too long to be read");
    }

    @ParameterizedTest
    @CsvSource({
        "-shop/3f0e.jsonl,",
        "-shop/3f0e/subagents/agent-7.jsonl, 7",
        "-shop/3f0e/subagents/workflows/w/agent-8.jsonl, 8",
        "-shop/agent-9.jsonl, 9",
        "-shop/notes.txt,",
    })
    @DisplayName("knows the agent by the file")
    void agents(String path, String agent) {
        assertThat(reader.read(line(path, "{}".getBytes(StandardCharsets.UTF_8), 0))
                        .agentId())
                .isEqualTo(agent);
    }

    @Test
    @DisplayName("leaves out kinds that are not wanted")
    void filters() {
        PlacedLine line = line(SESSION, "{\"type\":\"progress\"}".getBytes(StandardCharsets.UTF_8), 0);

        assertThat(reader.read(line, kind -> kind.equals("prompt"))).isEmpty();
        assertThat(reader.read(line, kind -> kind.equals("progress"))).isPresent();
    }
}
