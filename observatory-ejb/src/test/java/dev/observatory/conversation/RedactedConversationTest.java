package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.Draft;
import dev.observatory.message.RecordExcerpt;
import dev.observatory.transcript.TranscriptLocation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A conversation with secrets in it")
class RedactedConversationTest {

    /** Put together here, so that nothing that scans sources takes it for a real one. */
    private static final String TOKEN = "gh" + "p_" + "Ab3dE6gH9jK2mN5pQ8sT1vW4xY7z";

    private static final String MARK = "[redacted:github-token]";

    private final Room room = new Room();
    private final TranscriptLocation session = Room.session("s");

    /** Everything that anybody is told or may ask for. */
    private String everything() {
        Stream<Object> drafts = room.drafts.stream().map(Draft::data);
        Stream<Object> catalog = Stream.concat(room.catalog.conversations().stream(), room.catalog.projects().stream());
        Stream<Object> records = room.catalog.conversations().stream()
                .flatMap(conversation -> room.catalog.recentRecords(conversation.id()).stream());
        return String.join(
                "\n",
                Stream.of(drafts, catalog, records)
                        .flatMap(all -> all)
                        .map(Object::toString)
                        .toList());
    }

    private static String title(String type, String field) {
        return "{'type':'" + type + "','" + field + "':'use " + TOKEN + "'}";
    }

    private static String toolUse() {
        return "{'type':'assistant','uuid':'u2','message':{'id':'m','content':[{'type':'tool_use','id':'t','name':'Bash',"
                + "'input':{'command':'curl -H \\'Authorization: Bearer " + TOKEN + "\\' x','description':'fetch'}}]}}";
    }

    private static String toolResult(String content) {
        return "{'type':'user','uuid':'u3','message':{'content':[{'type':'tool_result','tool_use_id':'t','content':"
                + content + "}]},'toolUseResult':{'stdout':'" + TOKEN + "'}}";
    }

    private static String[] lines() {
        return new String[] {
            Room.prompt("u1", "deploy with " + TOKEN),
            toolUse(),
            toolResult("'GH_TOKEN=" + TOKEN + "\\nok'"),
            toolResult("[{'type':'text','text':'a " + TOKEN + "'}]").replace("u3", "u4"),
            Room.answer("u5", "I used " + TOKEN),
            "{'type':'assistant','uuid':'u6','message':{'id':'n','content':[{'type':'thinking','thinking':'" + TOKEN
                    + "'}]}}",
            "{'type':'system','uuid':'u7','content':'" + TOKEN + "'}",
            "{'type':'user','uuid':'u8','isMeta':true,'message':{'content':['" + TOKEN + "']}}",
            Room.prompt("u9", "<command-name>/login</command-name><command-args>--token " + TOKEN + "</command-args>"),
            title("summary", "summary"),
            title("ai-title", "aiTitle"),
            title("agent-name", "agentName"),
            title("custom-title", "customTitle"),
            Room.prompt("u10", "x")
                    .replace("{'type'", "{'cwd':'/home/" + TOKEN + "/engine','gitBranch':'" + TOKEN + "','type'"),
        };
    }

    @Test
    @DisplayName("shows none of them in anything it tells, nor in the catalog, whatever kind of record they stand in")
    void live() {
        for (String line : lines()) {
            room.live(session, line);
        }
        room.feed.tick();
        verify(14);
    }

    @Test
    @DisplayName("shows none of them when it is read from a backlog, or from a sub-agent's file")
    void backlog() {
        room.backlog(session, lines()).backlog(Room.agent("s", "a1"), lines());
        room.feed.tick();
        verify(28);
    }

    private void verify(int records) {
        assertThat(everything()).contains(MARK).doesNotContain(TOKEN.substring(4, 12));
        assertThat(room.catalog.recentRecords("s"))
                .hasSize(records)
                .filteredOn(record -> !"u10".equals(record.uuid()))
                .extracting(RecordExcerpt::text)
                .allSatisfy(text -> assertThat(text).contains(MARK));
        assertThat(room.state("s").title()).isEqualTo("use " + MARK);
        assertThat(room.state("s").cwd()).isEqualTo("/home/" + MARK + "/engine");
        assertThat(room.state("s").gitBranch()).isEqualTo(MARK);
    }

    @ParameterizedTest
    @DisplayName("shows no part of one that lies across the place where texts and titles are cut")
    @ValueSource(ints = {40, 60, 70, 75, 1000, 1010, 1020, 2010, 2040, 2047})
    void acrossTheCut(int before) {
        room.live(session, Room.prompt("u1", "x".repeat(before) + " " + TOKEN + " y".repeat(3000)));
        assertThat(everything()).doesNotContain(TOKEN.substring(0, 4));
        ConversationUpdate told = room.updates().get(0);
        assertThat(told.records()).extracting(RecordExcerpt::truncated).containsExactly(true);
        assertThat(told.records().get(0).text()).startsWith("x".repeat(before));
    }

    @Test
    @DisplayName("shows no part of one that a shortened text would have room for")
    void behindShortenedText() {
        String key = "-----" + "BEGIN PRIVATE KEY-----\\n" + ("Ab3d+/".repeat(10) + "\\n").repeat(30);
        room.live(session, Room.prompt("u1", key + " " + "x".repeat(200) + " " + TOKEN));
        assertThat(everything()).contains("[redacted:private-key]").doesNotContain(TOKEN.substring(4, 12), "Ab3d");
    }

    @Test
    @DisplayName("is counted like any other")
    void counts() {
        room.live(session, lines());
        Room plain = new Room();
        plain.live(
                session,
                Stream.of(lines()).map(line -> line.replace(TOKEN, "x")).toArray(String[]::new));
        List<Integer> figures = figures(room.state("s"));
        assertThat(figures).isEqualTo(figures(plain.state("s")));
        assertThat(figures).doesNotContain(0);
    }

    private static List<Integer> figures(ConversationUpdate update) {
        return List.of(update.messageCount(), update.toolCallCount(), (int) update.version());
    }
}
