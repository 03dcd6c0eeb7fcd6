package dev.observatory.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The text of a record")
class RecordTextReaderTest {

    private final RecordTextReader reader = new RecordTextReader(1000);

    @ParameterizedTest
    @DisplayName("is all that it says, and nothing else")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'user','message':{'role':'user','content':'hello'}} | hello",
                "{'message':{'content':[{'type':'text','text':'a'},'bare',{'type':'text','text':'b'}]}} | a/bare/b",
                "{'message':{'content':[{'type':'thinking','thinking':'hm','signature':'x'}]}} | hm",
                "{'message':{'content':[{'type':'redacted_thinking','data':'x'}]}} | ``",
                "{'message':{'content':[{'type':'tool_use','id':'x','name':'Bash','input':{'command':'ls'}}]}} | Bash/ls",
                "{'message':{'content':[{'name':'E','input':{'a':[{'b':'c'},1,true,null,'d'],'e':{'f':'g'}}}]}} | E/c/d/g",
                "{'message':{'content':[{'name':'E','input':'alone'},{'name':'F','input':5},{'name':'G'}]}} | E/alone/F/G",
                "{'message':{'content':[{'type':'tool_result','tool_use_id':'x','content':'done'}]}} | done",
                "{'message':{'content':[{'content':[{'type':'text','text':'a'},{'type':'image','source':{'data':'x'}}]}]}} | a",
                "{'message':{'content':[{'type':'image','source':{'type':'base64','data':'x'}}]}} | ``",
                "{'message':{'content':[{'type':'document','source':{'data':'x'},'title':'x'}]}} | ``",
                "{'toolUseResult':{'stdout':'x'},'message':{'content':'y'}} | y",
                "{'toolUseResult':'x','cwd':'x','gitBranch':'x','sessionId':'x'} | ``",
                "{'type':'summary','summary':'in short','leafUuid':'x'} | in short",
                "{'type':'custom-title','customTitle':'mine'} | mine",
                "{'type':'ai-title','aiTitle':'its'} | its",
                "{'type':'agent-name','agentName':'name'} | name",
                "{'agentName':'name','type':'agent-name'} | name",
                "{'type':'user','agentName':'x','message':{'content':'y'}} | y",
                "{'type':'system','content':'Conversation compacted'} | Conversation compacted",
                "{'type':'queue-operation','content':'next'} | next",
                "{'type':'attachment','attachment':{'type':'queued_command','prompt':'and this'}} | and this",
                "{'type':'attachment','attachment':{'type':'file','content':'x'}} | ``",
                "{'type':'summary','summary':{'text':'x'},'customTitle':5,'content':{}} | ``",
                "{'message':'x'} | ``",
                "{'message':{'content':[[['deep']]]}} | deep",
                "{} | ``",
            })
    void isAllItSays(String line, String expected) {
        assertThat(read(line.replace('\'', '"')).text().replace('\n', '/')).isEqualTo(expected);
    }

    @Test
    @DisplayName("comes with the record's id and time")
    void idAndTime() {
        RecordText text = read("{\"uuid\":\"u\",\"timestamp\":\"2025-01-02T03:04:05.678Z\",\"content\":\"x\"}");

        assertThat(text).isEqualTo(new RecordText("u", Instant.parse("2025-01-02T03:04:05.678Z"), "x", false));
        assertThat(read("{\"uuid\":5,\"timestamp\":\"then\"}")).isEqualTo(new RecordText(null, null, "", false));
    }

    @Test
    @DisplayName("of one record is not mixed with that of the next")
    void startsAnew() {
        read("{\"type\":\"agent-name\",\"uuid\":\"u\",\"agentName\":\"one\"}");

        assertThat(read("{\"content\":\"two\"}")).isEqualTo(new RecordText(null, null, "two", false));
    }

    @ParameterizedTest
    @DisplayName("is none where there is no record, or one that repeats others")
    @ValueSource(
            strings = {
                "",
                "  ",
                "x",
                "{",
                "{\"content\":\"x\"",
                "{\"content\":\"x\"}{}",
                "{\"message\":{\"content\":[{\"input\":{\"a\":[",
                "[]",
                "\"text\"",
                "{\"type\":\"progress\",\"content\":\"x\"}",
                "{\"content\":\"x\",\"type\":\"progress\"}"
            })
    void none(String line) {
        assertThat(reader.read(line.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("is cut at the limit, but not within a character")
    @CsvSource({
        "abcd, ef, abcd|ef, false",
        "abcdefg, '', abcdefg, false",
        "abcdefgh, '', abcdefg, true",
        "abcdef, gh, abcdef|, true",
        "abcdefg, h, abcdefg, true",
        "abcdef🚀, '', abcdef, true",
    })
    void isCut(String first, String second, String expected, boolean cut) {
        RecordText text = new RecordTextReader(7)
                .read(("{\"content\":\"" + first + "\",\"summary\":\"" + second + "\"}")
                        .getBytes(StandardCharsets.UTF_8))
                .orElseThrow();

        assertThat(text.text().stripTrailing())
                .isEqualTo(expected.replace('|', '\n').stripTrailing());
        assertThat(text.cut()).isEqualTo(cut);
    }

    @Test
    @DisplayName("is read from a record as deep as any that is read at all")
    void deep() {
        String deep = "{\"message\":{\"content\":" + "[".repeat(490) + "\"x\"" + "]".repeat(490) + "}}";

        assertThat(read(deep).text()).isEqualTo("x");
        assertThat(reader.read(
                        deep.replace("[\"x\"]", "[".repeat(99) + "]".repeat(99)).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private RecordText read(String line) {
        return reader.read(line.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
