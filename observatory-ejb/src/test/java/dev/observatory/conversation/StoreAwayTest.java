package dev.observatory.conversation;

import static dev.observatory.message.ConversationState.ENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.transcript.TranscriptLocation;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("While the store is away")
class StoreAwayTest {

    private final TranscriptLocation session = Room.session("s");
    private final Room room = new Room();

    @Test
    @DisplayName("nothing is told and nothing is taken; when it is back all of it is kept and told, once")
    void pending() {
        room.store.leave();
        room.live(session, Room.prompt("u1", "one"));
        room.later(Duration.ofSeconds(1)).later(Duration.ofSeconds(1));
        assertThat(room.drafts).isEmpty();
        assertThat(room.catalog.conversations()).isEmpty();
        assertThat(room.feed.available()).isFalse();
        assertThat(room.feed.storeTrouble()).isEqualTo("on purpose");
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> room.feed.begin(session, false));
        room.store.comeBack();
        room.later(Duration.ofSeconds(1)).later(Duration.ofSeconds(1));
        assertThat(room.feed.available()).isTrue();
        assertThat(room.feed.storeTrouble()).isNull();
        assertThat(room.updates()).hasSize(1);
        assertThat(room.updates().get(0).records()).hasSize(1);
        assertThat(room.store.lineCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("a turn that was kept although nobody heard of it is kept and told once")
    void answerLost() {
        room.store.loseAnswers();
        room.live(session, Room.prompt("u1", "one"));
        assertThat(room.drafts).isEmpty();
        room.store.comeBack();
        room.later(Duration.ofSeconds(1));
        assertThat(room.updates()).hasSize(1);
        room.live(session, Room.prompt("u2", "two"));
        assertThat(room.state("s").messageCount()).isEqualTo(2);
    }

    @Test
    @DisplayName("what was not kept when the process stopped is read again and told once")
    void stoppedMeanwhile() {
        room.store.leave();
        room.live(session, Room.prompt("u1", "one"));
        room.store.comeBack();
        Room next = room.reopened();
        next.feed.begin(session, true);
        next.live(session, Room.prompt("u1", "one"));
        assertThat(room.drafts).isEmpty();
        assertThat(next.updates().get(0).records()).hasSize(1);
    }

    @Test
    @DisplayName("time goes on: states that change by it are told when it is back")
    void time() {
        room.live(session, Room.call("a1", "c1"));
        room.store.leave();
        room.drafts.clear();
        room.later(Duration.ofSeconds(15)).later(Duration.ofMinutes(30));
        assertThat(room.drafts).isEmpty();
        room.store.comeBack();
        room.later(Duration.ofSeconds(1));
        assertThat(room.updates()).extracting(ConversationUpdate::state).endsWith(ENDED);
        assertThat(room.state("s").state()).isEqualTo(ENDED);
    }

    @Test
    @DisplayName("a start waits for it")
    void start() {
        room.live(session, Room.prompt("u1", "one"));
        room.store.leave();
        Room next = room.reopened();
        next.later(Duration.ofSeconds(1));
        assertThat(next.feed.available()).isFalse();
        assertThat(next.feed.storeTrouble()).isEqualTo("on purpose");
        room.store.comeBack();
        next.later(Duration.ofSeconds(1));
        assertThat(next.feed.available()).isTrue();
        assertThat(next.feed.takePlaces()).hasSize(1);
        assertThat(next.state("s")).isEqualTo(room.state("s"));
    }

    @Test
    @DisplayName(
            "no dormant conversation is woken for a line, which is refused, nor for its time, which is made up for")
    void dormant() {
        room.live(session, Room.call("a1", "c1"));
        Room next = room.reopened();
        room.store.leave();
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> next.feed.begin(session, false));
        room.store.comeBack();
        next.feed.tick();
        next.feed.begin(session, false);
        Room third = room.reopened();
        room.store.leave();
        third.later(Duration.ofSeconds(15));
        assertThat(third.drafts).isEmpty();
        room.store.comeBack();
        third.later(Duration.ofSeconds(1));
        assertThat(third.updates()).hasSize(1);
    }

    @Test
    @DisplayName("an older agent's file waits for the dormant conversation that it names")
    void legacyAgent() {
        room.live(session, Room.prompt("u1", "one"));
        Room next = room.reopened();
        TranscriptLocation agent = Room.legacyAgent("x");
        next.feed.begin(agent, true);
        room.store.leave();
        next.live(agent, Room.prompt("u1", "one").replace("'uuid'", "'sessionId':'s','uuid'"));
        assertThat(next.drafts).isEmpty();
        room.store.comeBack();
        next.later(Duration.ofSeconds(1));
        assertThat(next.state("s").agentCount()).isEqualTo(1);
        assertThat(room.store.lineCount()).isEqualTo(2);
    }
}
