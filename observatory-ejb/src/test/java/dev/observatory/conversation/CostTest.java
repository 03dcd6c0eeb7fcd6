package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.Tokens;
import dev.observatory.transcript.TranscriptLocation;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What conversations and projects cost by the built-in prices; all amounts are worked out by hand. */
@DisplayName("Cost")
class CostTest {

    private static final String OPUS = "claude-opus-4-6";
    private static final String HAIKU = "claude-haiku-4-5-20251001";
    private static final String UNKNOWN = "claude-unknown-9";

    private final Room room = new Room();
    private final TranscriptLocation session = Room.session("s");
    private int lines;

    /** A line of the message with that id. */
    private String line(String message, String model, String usage) {
        lines++;
        return "{'type':'assistant','uuid':'a" + lines + "','requestId':'r-" + message + "','message':{'id':'" + message
                + "','model':'" + model + "','content':'x','usage':{" + usage + "}}}";
    }

    private String line(String message, String model, int input, int output) {
        return line(message, model, "'input_tokens':" + input + ",'output_tokens':" + output);
    }

    private BigDecimal cost() {
        return room.state("s").costUsd();
    }

    private BigDecimal projectCost() {
        return room.catalog.project(room.state("s").projectId()).orElseThrow().costUsd();
    }

    @ParameterizedTest(name = "{0}: {1} + {2} + {3} of which {4} for an hour + {5} cost ${6}")
    @DisplayName("A message costs its tokens by the prices of its model")
    @CsvSource({
        // 1000 x 5 + 500 x 25 + (800 - 300) x 6.25 + 300 x 10 + 20000 x 0.5 = 5000 + 12500 + 3125 + 3000 + 10000
        "claude-opus-4-6, 1000, 500, 800, 300, 20000, 0.033625",
        // 3 x 3 + 7 x 15 + 11 x 3.75 + 13 x 0.3 = 9 + 105 + 41.25 + 3.9 = 159.15
        "claude-sonnet-4-20250514, 3, 7, 11, 0, 13, 0.000159",
        // 3 x 3 + 7 x 15 + 11 x 6 + 13 x 0.3 = 9 + 105 + 66 + 3.9 = 183.9
        "claude-sonnet-4-5-20250929, 3, 7, 11, 11, 13, 0.000184",
        // 1 + 5 + 1.25 + 0.1 = 7.35
        "claude-haiku-4-5-20251001, 1, 1, 1, 0, 1, 0.000007",
        // 4000000 x 15 + 1000000 x 75 = 135000000
        "claude-3-opus-20240229, 4000000, 1000000, 0, 0, 0, 135",
        // 25 x 0.8 = 20
        "claude-3-5-haiku-20241022, 25, 0, 0, 0, 0, 0.00002",
    })
    void message(String model, int input, int output, int creation, int hour, int read, String dollars) {
        room.live(
                session,
                line(
                        "m1",
                        model,
                        "'input_tokens':" + input + ",'output_tokens':" + output + ",'cache_creation_input_tokens':"
                                + creation + ",'cache_read_input_tokens':" + read
                                + ",'cache_creation':{'ephemeral_5m_input_tokens':" + (creation - hour)
                                + ",'ephemeral_1h_input_tokens':" + hour + "}"));
        assertThat(cost()).isEqualByComparingTo(dollars);
        assertThat(projectCost()).isEqualByComparingTo(dollars);
    }

    @Test
    @DisplayName("Of the lines of one message the one with the highest output is paid for, whichever comes when")
    void duplicates() {
        room.live(session, line("m1", OPUS, 100, 1));
        assertThat(cost()).isEqualByComparingTo("0.000525");
        room.live(session, line("m1", OPUS, 200, 40));
        assertThat(cost()).isEqualByComparingTo("0.002");
        room.live(session, line("m1", OPUS, 999, 39), line("m1", OPUS, 999, 40));
        assertThat(cost()).isEqualByComparingTo("0.002");
        assertThat(projectCost()).isEqualByComparingTo("0.002");
    }

    @Test
    @DisplayName("A line that counts instead of another is paid for by its own model")
    void otherModel() {
        room.live(session, line("m1", OPUS, 100, 1), line("m1", HAIKU, 100, 2));
        assertThat(cost()).isEqualByComparingTo("0.00011");
    }

    @Test
    @DisplayName("Messages of several models and the agents' files add up")
    void agents() {
        room.live(session, line("m1", OPUS, 100, 10));
        room.live(Room.agent("s", "x"), line("m2", HAIKU, 1000, 100));
        room.live(Room.agent("s", "y"), line("m3", HAIKU, 1000, 100));
        // 750 + 1500 + 1500
        assertThat(cost()).isEqualByComparingTo("0.00375");
    }

    @Test
    @DisplayName("An agent's file in an older layout is paid for by the session that it names")
    void legacyAgents() {
        room.live(session, line("m1", OPUS, 100, 10));
        room.live(Room.legacyAgent("x"), line("m2", HAIKU, 1000, 100).replace("'type'", "'sessionId':'s','type'"));
        assertThat(cost()).isEqualByComparingTo("0.00225");
    }

    @Test
    @DisplayName("Reading a file again costs nothing")
    void again() {
        String line = line("m1", OPUS, 100, 10);
        room.live(session, line);
        room.feed.restart(session);
        room.live(session, line);
        assertThat(cost()).isEqualByComparingTo("0.00075");
    }

    @Test
    @DisplayName("A thousand tiny amounts are rounded once, as a sum")
    void roundedOnce() {
        // each is 0.0000001, a tenth of what can be told
        for (int i = 0; i < 1000; i++) {
            room.lines(session, line("m" + i, HAIKU, "'cache_read_input_tokens':1"));
        }
        room.flush(session, Arrival.LIVE);
        assertThat(cost()).isEqualByComparingTo("0.0001");
    }

    @Test
    @DisplayName("Of an unknown model it is unknown, not zero")
    void unknownModel() {
        room.live(session, line("m1", UNKNOWN, 100, 10));
        assertThat(cost()).isNull();
        assertThat(projectCost()).isNull();
        assertThat(room.state("s").tokens().input()).isEqualTo(100);
    }

    @Test
    @DisplayName("A message that names no model makes it unknown")
    void noModel() {
        room.live(session, line("m1", OPUS, 100, 10).replace("'model':'" + OPUS + "',", ""));
        assertThat(cost()).isNull();
    }

    @Test
    @DisplayName("One message of an unknown model makes the conversation's unknown: a part would look like the whole")
    void partlyUnknown() {
        room.live(session, line("m1", OPUS, 100, 10));
        room.live(Room.agent("s", "x"), line("m2", UNKNOWN, 1, 1));
        assertThat(cost()).isNull();
        assertThat(projectCost()).isNull();
        room.live(session, line("m3", OPUS, 100, 10));
        assertThat(cost()).isNull();
    }

    @Test
    @DisplayName("An unknown model that used no token makes nothing unknown")
    void unknownForNothing() {
        room.live(session, line("m1", OPUS, 100, 10), line("m2", UNKNOWN, 0, 0));
        assertThat(cost()).isEqualByComparingTo("0.00075");
    }

    @Test
    @DisplayName("Synthetic answers have none and make nothing unknown")
    void synthetic() {
        room.live(session, line("m1", "<synthetic>", 100, 10));
        assertThat(cost()).isNull();
        room.live(session, line("m2", OPUS, 100, 10));
        assertThat(cost()).isEqualByComparingTo("0.00075");
    }

    @Test
    @DisplayName("Without usage there is none, and without tokens neither")
    void noUsage() {
        room.live(session, Room.prompt("u1", "go"), Room.answer("a1", "hi"));
        assertThat(cost()).isNull();
        room.live(session, line("m1", OPUS, 0, 0));
        assertThat(cost()).isNull();
        assertThat(projectCost()).isNull();
    }

    @Test
    @DisplayName("A project's is the sum of those that are known, and unknown when none is")
    void project() {
        room.live(session, line("m1", OPUS, 100, 10));
        room.live(Room.session("t"), line("m1", HAIKU, 1000, 100));
        room.live(Room.session("u"), line("m1", UNKNOWN, 1000, 100));
        assertThat(projectCost()).isEqualByComparingTo("0.00225");
        room.live(Room.session("t"), line("m2", UNKNOWN, 1, 1));
        assertThat(projectCost()).isEqualByComparingTo("0.00075");
        room.live(session, line("m2", UNKNOWN, 1, 1));
        assertThat(projectCost()).isNull();
    }

    @Test
    @DisplayName("It moves with its conversation to another project")
    void moved() {
        room.live(session, line("m1", OPUS, 100, 10));
        room.live(Room.session("t"), line("m1", OPUS, 100, 10));
        String guess = room.state("t").projectId();
        room.live(session, "{'type':'user','uuid':'u1','cwd':'/home/ada/engine','message':{'content':'go'}}");
        assertThat(projectCost()).isEqualByComparingTo("0.00075");
        assertThat(room.catalog.project(guess).orElseThrow().costUsd()).isEqualByComparingTo("0.00075");
    }

    @Test
    @DisplayName("Both are told when it changes, with the amount to a millionth of a dollar")
    void told() {
        room.live(session, line("m1", OPUS, 100, 1));
        room.drafts.clear();
        room.live(session, line("m1", OPUS, 4_000_000, 2));
        assertThat(room.updates()).extracting(ConversationUpdate::costUsd).containsExactly(new BigDecimal("20.00005"));
        assertThat(room.projectUpdates())
                .extracting(ProjectUpdate::costUsd)
                .containsExactly(new BigDecimal("20.00005"));
    }

    @Test
    @DisplayName("A project is told again when nothing but its cost has changed")
    void toldForCostAlone() {
        Project project = new Project(ProjectPath.ofWorkingDirectory("/home/ada/engine"));
        project.put("s", share(null));
        project.refresh(Instant.EPOCH);
        project.tell();
        assertThat(project.refresh(Instant.EPOCH)).isFalse();
        project.put("s", share(new BigDecimal("1.50")));
        assertThat(project.refresh(Instant.EPOCH)).isTrue();
        assertThat(project.isWorthTelling()).isTrue();
        project.tell();
        project.put("s", share(new BigDecimal("1.5000000")));
        assertThat(project.refresh(Instant.EPOCH)).isFalse();
    }

    private static Share share(BigDecimal cost) {
        return new Share(false, 1, Tokens.NONE, cost, Span.NONE);
    }
}
