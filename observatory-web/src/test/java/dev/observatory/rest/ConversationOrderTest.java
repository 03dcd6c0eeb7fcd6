package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The order of conversations")
class ConversationOrderTest {

    @Test
    @DisplayName("follows the figure asked for, what lacks it first, and the id where the figures are equal")
    void sorts() {
        ConversationUpdate none = conversation("n", null, 3, null);
        ConversationUpdate early = conversation("e", Instant.parse("1969-12-31T23:59:59Z"), 20, "Beta");
        ConversationUpdate late = conversation("l", Instant.parse("2026-01-01T00:00:00.001Z"), 100, "alpha");
        ConversationUpdate twin = conversation("m", Instant.parse("2026-01-01T00:00:00.001Z"), 100, "ALPHA");
        List<ConversationUpdate> all = List.of(late, none, twin, early);

        assertThat(ids(all, "updated_at")).containsExactly("n", "e", "l", "m");
        assertThat(ids(all, "-updated_at")).containsExactly("m", "l", "e", "n");
        assertThat(ids(all, "message_count")).containsExactly("n", "e", "l", "m");
        assertThat(ids(all, "title")).containsExactly("n", "l", "m", "e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"updated_at", "-updated_at", "created_at", "-message_count", "title", "-title"})
    @DisplayName("lets cursors go through all pages without a hole or a repeat, whatever the size of the pages")
    void pages(String sort) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<ConversationUpdate> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Instant time = random.nextInt(5) == 0 ? null : Instant.ofEpochMilli(random.nextInt(20));
            all.add(conversation("c" + i, time, random.nextInt(7), random.nextBoolean() ? null : "ti\ntle" + i % 9));
        }
        ConversationOrder order = ConversationOrder.parse(sort);
        List<ConversationUpdate> sorted = all.stream().sorted(order).toList();

        List<ConversationUpdate> seen = new ArrayList<>(sorted.subList(0, 1));
        while (seen.size() < all.size()) {
            ConversationOrder.Place place = Cursor.parse(Cursor.of(order.at(seen.get(seen.size() - 1))));
            seen.addAll(sorted.stream()
                    .filter(conversation -> order.isBehind(conversation, place))
                    .limit(1 + random.nextInt(40))
                    .toList());
        }

        assertThat(seen).as("seed " + seed).containsExactlyElementsOf(sorted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "cost", "--title", "updated_at "})
    @DisplayName("does not know other figures")
    void refusesOthers(String sort) {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ConversationOrder.parse(sort))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo("sort"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "bm8gc2VwYXJhdG9y", "\u00e4"})
    @DisplayName("does not go on at what is no cursor")
    void refusesOtherCursors(String cursor) {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> Cursor.parse(cursor))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo("cursor"));
    }

    private static List<String> ids(List<ConversationUpdate> all, String sort) {
        return all.stream()
                .sorted(ConversationOrder.parse(sort))
                .map(ConversationUpdate::id)
                .toList();
    }

    static ConversationUpdate conversation(String id, Instant time, int messages, String title) {
        return new ConversationUpdate(
                id,
                "shop-1",
                id,
                title,
                ConversationState.IDLE,
                messages,
                0,
                0,
                Tokens.NONE,
                null,
                null,
                "main",
                "/home/ada/Shop",
                null,
                time,
                time,
                ConversationUpdate.Change.APPENDED,
                1,
                List.of());
    }
}
