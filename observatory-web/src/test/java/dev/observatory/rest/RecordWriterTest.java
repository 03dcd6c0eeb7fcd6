package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.conversation.FullRecordReader;
import dev.observatory.conversation.LineMark;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Records as JSON")
class RecordWriterTest {

    private static String page(PlacedLine line, boolean raw) {
        return new RecordWriter().page(List.of(new FullRecordReader().read(line)), null, raw);
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** The one record of a page, by way of UTF-8, as it travels. */
    private static JsonObject item(String line) {
        byte[] travelling = page(Lines.line(7, line), false).getBytes(StandardCharsets.UTF_8);
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(travelling))) {
            return reader.readObject().getJsonArray("items").getJsonObject(0);
        }
    }

    @Test
    @DisplayName("have what the envelope says, and every block")
    void whole() {
        String line = "{'type':'assistant','uuid':'u','parentUuid':'p','timestamp':'2026-01-02T03:04:05.6789Z',"
                + "'message':{'model':'opus','content':[{'type':'thinking','thinking':'hm'},{'type':'text','text':'a'},"
                + "{'type':'tool_use','id':'c','name':'Bash','input':{ 'n':1.50,'deep':[null,true] }},"
                + "{'type':'tool_result','tool_use_id':'c','is_error':true,'content':'out'},"
                + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'QUJD'}},"
                + "{'type':'fallback','to':1}]}}";

        assertThat(page(Lines.line(7, line), false))
                .isEqualTo(("{'items':[{'position':7,"
                                + "'file_path':'-shop/3f0e.jsonl','kind':'tool_use','role':'assistant','uuid':'u',"
                                + "'parent_uuid':'p','at':'2026-01-02T03:04:05.678Z','model':'opus','blocks':["
                                + "{'type':'thinking','text':'hm'},{'type':'text','text':'a'},"
                                + "{'type':'tool_use','id':'c','name':'Bash','input':{ 'n':1.50,'deep':[null,true] }},"
                                + "{'type':'tool_result','tool_use_id':'c','is_error':true,'content':["
                                + "{'type':'text','text':'out'}]},"
                                + "{'type':'image','media_type':'image/png','size':3},"
                                + "{'type':'fallback','json':{'type':'fallback','to':1}}]}]}")
                        .replace('\'', '"'));
    }

    @Test
    @DisplayName("have the cursor of the next page")
    void cursor() {
        String page = new RecordWriter().page(List.of(), new LineMark(5, 6), false);

        assertThat(RecordCursor.parse(json(page).getString("next_cursor"))).isEqualTo(new LineMark(5, 6));
        assertThat(json(page).getJsonArray("items")).isEmpty();
    }

    @Test
    @DisplayName("have the line itself where that is asked for")
    void raw() {
        String line = "{ \"type\" : \"progress\", \"x\":\"\\ud83d\" }";

        JsonObject item =
                json(page(Lines.line(7, line), true)).getJsonArray("items").getJsonObject(0);
        assertThat(item.getString("raw")).isEqualTo(line);
    }

    @Test
    @DisplayName("show a bad line as it is, and the stub of a skipped one")
    void unread() {
        JsonObject bad = json(page(Lines.line(7, new byte[] {'n', 'o', (byte) 0xff, 0}, 0), true))
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(bad.getString("kind")).isEqualTo("bad_line");
        assertThat(bad.getString("text")).isEqualTo("no\ufffd\u0000").isEqualTo(bad.getString("raw"));

        JsonObject stub = json(page(Lines.line(7, new byte[0], 5_000_000_000L), false))
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(stub.getString("kind")).isEqualTo("oversized");
        assertThat(stub.getString("text")).contains("5000000000");
        assertThat(stub).doesNotContainKeys("uuid", "at", "blocks");
    }

    @Test
    @DisplayName("survive halves of characters, control characters and everything outside of the basic plane")
    void anyText() {
        JsonObject item =
                item("{'type':'system','content':'\\ud83d x \\ude80 \\ud83d\\ude80 \ud83d\ude80 \\u0000 \\u2028'}");

        assertThat(item.getString("text")).isEqualTo("\ud83d x \ude80 \ud83d\ude80 \ud83d\ude80 \u0000 \u2028");
    }

    @Test
    @DisplayName("survive input of absurd numbers and depth")
    void absurdInput() {
        String deep = "[".repeat(450) + "9".repeat(5000) + "]".repeat(450);
        String page = page(
                Lines.line(7, "{'type':'assistant','message':{'content':[{'type':'tool_use','input':" + deep + "}]}}"),
                false);

        assertThat(page).contains("\"input\":" + deep + "}");
    }

    @Test
    @DisplayName("survive results within results")
    void nestedResults() {
        String block = "'x'";
        for (int i = 0; i < 240; i++) {
            block = "{'type':'tool_result','content':[" + block + "]}";
        }
        assertThat(page(Lines.line(7, "{'type':'user','message':{'content':[" + block + "]}}"), false))
                .contains("{\"type\":\"text\",\"text\":\"x\"}");
    }
}
