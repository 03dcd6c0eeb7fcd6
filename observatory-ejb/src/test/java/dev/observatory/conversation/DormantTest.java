package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.RecordExcerpt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Conversations that sleep")
class DormantTest {

    private final Room room = new Room(new ConversationConfig(Duration.ofSeconds(15), Duration.ofMinutes(30), 2048, 3));

    @Test
    @DisplayName("Only so many are awake after an import of whatever length, the last ones touched")
    void bounded() {
        for (int i = 0; i < 50; i++) {
            room.backlog(Room.session("s" + i), Room.answer("a1", "one"));
            assertThat(room.feed.conversations().awakeCount()).isLessThanOrEqualTo(3);
        }
        int asked = room.store.asked();
        room.feed.begin(Room.session("s49"), false);
        assertThat(room.store.asked()).isEqualTo(asked);
        room.feed.begin(Room.session("s0"), false);
        // its places and its lines
        assertThat(room.store.asked()).isEqualTo(asked + 2);
    }

    @Test
    @DisplayName("Those that are active stay awake, however many there are, until they are not")
    void active() {
        for (int i = 0; i < 10; i++) {
            room.live(Room.session("s" + i), Room.prompt("u1", "one"));
        }
        assertThat(room.feed.conversations().awakeCount()).isEqualTo(10);
        room.later(Duration.ofMinutes(30));
        assertThat(room.feed.conversations().awakeCount()).isEqualTo(3);
    }

    @Test
    @DisplayName("One that is woken is what it was, and its records are found meanwhile")
    void woken() {
        room.live(Room.session("s"), Room.prompt("u1", "one"), Room.answer("a1", "two"));
        var before = room.state("s");
        for (int i = 0; i < 10; i++) {
            room.live(Room.session("s" + i), Room.answer("a1", "one"));
        }
        int asked = room.store.asked();
        assertThat(room.catalog.recentRecords("s"))
                .extracting(RecordExcerpt::text)
                .containsExactly("one", "two");
        assertThat(room.store.asked()).isEqualTo(asked + 2);
        assertThat(room.state("s")).isEqualTo(before);
        room.drafts.clear();
        room.live(Room.session("s"), Room.answer("a1", "two"), Room.answer("a2", "three"));
        assertThat(room.updates().get(0).messageCount()).isEqualTo(3);
        assertThat(room.updates().get(0).records()).hasSize(1);
        assertThat(room.updates().get(0).version()).isEqualTo(before.version() + 1);
    }
}
