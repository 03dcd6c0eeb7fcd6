package dev.observatory.conversation;

import static dev.observatory.message.ConversationState.ENDED;
import static dev.observatory.message.ConversationState.IDLE;
import static dev.observatory.message.ConversationState.WAITING;
import static dev.observatory.message.ConversationState.WORKING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.ProjectUpdate;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The state of a conversation")
class ConversationStateTest {

    private final Room room = new Room();

    private ConversationState after(String... lines) {
        return room.live(Room.session("s"), lines).state("s").state();
    }

    private ConversationState after(Duration duration) {
        return room.later(duration).state("s").state();
    }

    @Test
    @DisplayName("A prompt lets the agent work, its answer gives the word back")
    void answer() {
        assertThat(after(Room.prompt("u1", "go"))).isEqualTo(WORKING);
        assertThat(after("{'type':'assistant','uuid':'a0','message':{'content':[{'type':'thinking'}]}}"))
                .isEqualTo(WORKING);
        assertThat(after(Room.answer("a1", "done"))).isEqualTo(IDLE);
    }

    @Test
    @DisplayName("An unanswered tool call means working, and waiting after 15 seconds, until its result comes")
    void waiting() {
        assertThat(after(Room.call("a1", "c1"))).isEqualTo(WORKING);
        assertThat(after(Duration.ofMillis(14_999))).isEqualTo(WORKING);
        assertThat(after(Duration.ofMillis(1))).isEqualTo(WAITING);
        assertThat(after(Room.result("r1", "c1"))).isEqualTo(WORKING);
        assertThat(after(Duration.ofSeconds(60))).isEqualTo(WORKING);
    }

    @Test
    @DisplayName("While one of several calls is open the conversation may wait for it")
    void parallelCalls() {
        after(Room.call("a1", "c1"), Room.call("a2", "c2"), Room.result("r1", "c1"));
        assertThat(after(Duration.ofSeconds(15))).isEqualTo(WAITING);
        assertThat(after(Room.result("r2", "c2"))).isEqualTo(WORKING);
    }

    @Test
    @DisplayName("Progress and busy agents show that an open call is at work")
    void signsOfLife() {
        after(Room.call("a1", "c1"));
        after(Duration.ofSeconds(14));
        assertThat(after("{'type':'progress','uuid':'p1','data':{}}")).isEqualTo(WORKING);
        assertThat(after(Duration.ofSeconds(14))).isEqualTo(WORKING);
        room.live(Room.agent("s", "x"), Room.prompt("u1", "look"));
        assertThat(after(Duration.ofSeconds(14))).isEqualTo(WORKING);
        assertThat(after(Duration.ofSeconds(1))).isEqualTo(WAITING);
    }

    @Test
    @DisplayName("An interrupt gives the word back, whatever was open")
    void interrupt() {
        after(Room.call("a1", "c1"));
        assertThat(after(Room.prompt("u1", "[Request interrupted by user]"))).isEqualTo(IDLE);
        assertThat(after(Duration.ofMinutes(1))).isEqualTo(IDLE);
    }

    @Test
    @DisplayName("A prompt leaves open calls of an earlier turn behind")
    void abandonedCalls() {
        after(Room.call("a1", "c1"), Room.prompt("u1", "never mind"), Room.call("a2", "c2"), Room.result("r2", "c2"));
        assertThat(after(Duration.ofSeconds(20))).isEqualTo(WORKING);
    }

    @Test
    @DisplayName("A local command leaves nothing to be done, and other records leave the word with whoever has it")
    void silentRecords() {
        assertThat(after(
                        Room.prompt("u1", "<command-name>/cost</command-name>"),
                        Room.prompt("u2", "<local-command-stdout>0</local-command-stdout>")))
                .isEqualTo(IDLE);
        assertThat(after(
                        Room.prompt("u3", "go"),
                        "{'type':'attachment','uuid':'x1'}",
                        "{'type':'file-history-snapshot'}",
                        "{'type':'user','uuid':'x2','isMeta':true,'message':{'content':'hook'}}"))
                .isEqualTo(WORKING);
        assertThat(after("{'type':'system','uuid':'y','subtype':'turn_duration'}"))
                .isEqualTo(IDLE);
    }

    @Test
    @DisplayName("Background news set the agent to work")
    void notification() {
        after(Room.answer("a1", "started"));
        assertThat(after(Room.prompt("u1", "<task-notification>done"))).isEqualTo(WORKING);
    }

    @Test
    @DisplayName("Without change a conversation has ended after 30 minutes, and a record brings it back")
    void ended() {
        after(Room.answer("a1", "done"));
        assertThat(after(Duration.ofMinutes(30).minusMillis(1))).isEqualTo(IDLE);
        assertThat(after(Duration.ofMillis(1))).isEqualTo(ENDED);
        assertThat(after(Room.prompt("u1", "more"))).isEqualTo(WORKING);
        assertThat(after(Duration.ofMinutes(30))).isEqualTo(ENDED);
    }

    @Test
    @DisplayName("What changes by time alone is told once, with the project's figures")
    void told() {
        after(Room.call("a1", "c1"));
        room.drafts.clear();
        for (int second = 0; second < 3600; second++) {
            room.later(Duration.ofSeconds(1));
        }
        assertThat(room.updates())
                .extracting(ConversationUpdate::state, ConversationUpdate::change)
                .containsExactly(tuple(WAITING, Change.STATE), tuple(ENDED, Change.ENDED));
        assertThat(room.projectUpdates())
                .extracting(ProjectUpdate::activeConversations)
                .containsExactly(0);
    }

    @Test
    @DisplayName("Records written live happen now, whatever their times say")
    void liveTimes() {
        String prompt = "{'type':'user','uuid':'%s','timestamp':'%s','message':{'content':'go'}}";
        assertThat(after(prompt.formatted("u1", "2020-01-01T00:00:00Z"))).isEqualTo(WORKING);
        assertThat(after(prompt.formatted("u2", "2099-01-01T00:00:00Z"))).isEqualTo(WORKING);
        assertThat(after(Duration.ofMinutes(30))).isEqualTo(ENDED);
    }

    @Test
    @DisplayName("Records that lay there happened when their times say, but never in the future")
    void backlogTimes() {
        String prompt = "{'type':'user','uuid':'u1','timestamp':'%s','message':{'content':'go'}}";
        room.backlog(Room.session("old"), prompt.formatted("2026-03-01T11:30:00Z"));
        room.backlog(Room.session("new"), prompt.formatted("2026-03-01T11:30:00.001Z"));
        room.backlog(Room.session("future"), prompt.formatted("2099-01-01T00:00:00Z"));
        room.backlog(Room.session("unknown"), Room.prompt("u1", "go"));
        assertThat(room.state("old").state()).isEqualTo(ENDED);
        assertThat(room.state("new").state()).isEqualTo(WORKING);
        assertThat(room.state("future").state()).isEqualTo(WORKING);
        assertThat(room.state("unknown").state()).isEqualTo(ENDED);
        room.later(Duration.ofMillis(1));
        assertThat(room.state("new").state()).isEqualTo(ENDED);
        room.later(Duration.ofMinutes(30));
        assertThat(room.state("future").state()).isEqualTo(ENDED);
    }

    @Test
    @DisplayName("A tick looks only at conversations whose time has come")
    void cheapTicks() {
        for (int i = 0; i < 20_000; i++) {
            room.live(Room.session("s" + i), Room.answer("a", "done"));
        }
        room.drafts.clear();
        long start = cpuNanos();
        for (int i = 0; i < 1000; i++) {
            room.feed.tick();
        }
        // a look at each of them every time would be twenty million looks
        assertThat(Duration.ofNanos(cpuNanos() - start)).isLessThan(Duration.ofMillis(500));
        assertThat(room.drafts).isEmpty();
        room.later(Duration.ofMinutes(30));
        assertThat(room.updates()).hasSize(20_000);
    }

    /** What this thread has worked so far, whatever else the machine did meanwhile. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
