package dev.observatory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.journal.Journal.History;
import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The journal in memory")
class RingJournalTest extends JournalContract {

    private static final long PLENTY = 64 << 20;
    private static final Duration HOUR = Duration.ofHours(1);

    @Override
    Journal emptyJournal(JsonEncoder encoder, Consumer<Message> announcer, ManualClock clock) {
        return new RingJournal(encoder, announcer, clock, PLENTY, HOUR);
    }

    private Journal bounded(long maxBytes, Duration maxAge) {
        return new RingJournal(new JsonEncoder(), message -> {}, clock, maxBytes, maxAge);
    }

    @Test
    @DisplayName("lets the oldest messages go, of whatever channel, when there are too many bytes")
    void isBoundedInBytes() {
        int size = note(bounded(PLENTY, HOUR), A).size();
        Journal ring = bounded(3L * size, HOUR);
        note(ring, A);
        note(ring, B);
        note(ring, A);
        assertThat(ring.history(A, 0, 10).complete()).isTrue();

        note(ring, A);

        assertThat(seqs(ring.history(A, 0, 10))).containsExactly(2L, 3L);
        assertThat(ring.history(A, 0, 10).complete()).isFalse();
        assertThat(ring.history(A, 1, 10).complete()).isTrue();
        assertThat(seqs(ring.history(B, 0, 10))).containsExactly(1L);
    }

    @Test
    @DisplayName("counts the channels that have numbers, also those of which nothing is kept any more")
    void countsChannels() {
        RingJournal ring = new RingJournal(new JsonEncoder(), message -> {}, clock, 10, HOUR);
        note(ring, A);
        note(ring, B);
        note(ring, A);

        assertThat(ring.channels()).isEqualTo(2);
    }

    @Test
    @DisplayName("goes on numbering a channel of which nothing is kept any more")
    void remembersNumbersOfWhatIsGone() {
        int size = note(bounded(PLENTY, HOUR), A).size();
        Journal ring = bounded(size, HOUR);
        note(ring, A);

        note(ring, B);

        assertThat(ring.history(A, 0, 10)).isEqualTo(new History(List.of(), false));
        assertThat(ring.history(A, 1, 10)).isEqualTo(new History(List.of(), true));
        assertThat(note(ring, A).seq()).isEqualTo(2);
    }

    @Test
    @DisplayName("announces a message that is larger than all it may keep, and keeps nothing of it")
    void keepsNothingTooLarge() {
        Journal ring = bounded(10, HOUR);

        assertThat(note(ring, A).seq()).isEqualTo(1);

        assertThat(ring.history(A, 0, 10)).isEqualTo(new History(List.of(), false));
    }

    @Test
    @DisplayName("lets messages go that are too old once another comes")
    void isBoundedInAge() {
        Journal ring = bounded(PLENTY, Duration.ofMinutes(1));
        note(ring, A);
        clock.advance(Duration.ofSeconds(40));
        note(ring, B);
        clock.advance(Duration.ofSeconds(20));
        note(ring, A);
        assertThat(seqs(ring.history(A, 0, 10))).containsExactly(1L, 2L);

        clock.advance(Duration.ofMillis(1));
        note(ring, A);

        assertThat(seqs(ring.history(A, 0, 10))).containsExactly(2L, 3L);
        assertThat(ring.history(A, 0, 10).complete()).isFalse();
        assertThat(seqs(ring.history(B, 0, 10))).containsExactly(1L);
    }

    @ParameterizedTest(name = "{displayName}: seed {0}")
    @DisplayName("gives the same history as a list that is searched from the end")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void equalsANaiveModel(long seed) {
        Random random = new Random(seed);
        long maxBytes = 1_000 + random.nextInt(5_000);
        Duration maxAge = Duration.ofSeconds(60);
        Journal ring = bounded(maxBytes, maxAge);
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            clock.advance(Duration.ofMillis(random.nextInt(4_000)));
            Channel channel = Channel.conversation("c" + random.nextInt(3));
            String text = "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 3_000 : 100));
            all.add(ring.append(Draft.to(channel, "note", Map.of("text", text))));

            Channel asked = Channel.conversation("c" + random.nextInt(4));
            long after = random.nextInt((int) ring.seq(asked) + 2);
            int limit = random.nextInt(20);
            List<Message> expected = kept(all, maxBytes, maxAge).stream()
                    .filter(message -> message.channel().equals(asked) && message.seq() > after)
                    .limit(limit)
                    .toList();
            long newest = all.stream()
                    .filter(message -> message.channel().equals(asked))
                    .count();
            assertThat(ring.history(asked, after, limit))
                    .isEqualTo(new History(expected, after + expected.size() == newest));
        }
    }

    /** The longest end of the list that keeps within the bounds. */
    private List<Message> kept(List<Message> all, long maxBytes, Duration maxAge) {
        long bytes = 0;
        int from = all.size();
        while (from > 0) {
            Message message = all.get(from - 1);
            bytes += message.size();
            boolean tooOld = message.timestamp()
                    .isBefore(all.get(all.size() - 1).timestamp().minus(maxAge));
            if (bytes > maxBytes || tooOld) {
                break;
            }
            from--;
        }
        return all.subList(from, all.size());
    }

    private static final Interest ALL = (channel, views) -> true;

    private static Replay replay(Journal journal, long cursor) {
        return journal.replay(new Cursor(cursor, cursor, cursor), ALL, Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    private Journal remembering(int maxNumbers, long maxBytes) {
        JournalConfig config = new JournalConfig(maxBytes, HOUR, maxNumbers, PLENTY, JournalConfig.Store.DEFAULT);
        return new RingJournal(new JsonEncoder(), message -> {}, clock, config, Behind.NOTHING);
    }

    @Test
    @DisplayName("says of each channel exactly which messages are lost whose texts it has no more")
    void namesWhatIsLost() {
        int size = note(bounded(PLENTY, HOUR), A).size();
        Journal ring = bounded(2L * size, HOUR);
        note(ring, A);
        note(ring, A);
        note(ring, B);
        note(ring, A);
        Message second = note(ring, B);
        Message fourth = note(ring, A);

        assertThat(replay(ring, 0))
                .isEqualTo(new Replay(
                        List.of(second, fourth), true, List.of(new Lost(A, 1, 3, 3), new Lost(B, 1, 1, 1)), 6));
        assertThat(replay(ring, 2).lost()).containsExactly(new Lost(A, 3, 3, 1), new Lost(B, 1, 1, 1));
        assertThat(replay(ring, 4).lost()).isEmpty();
        assertThat(ring.replay(new Cursor(0, 0, 0), ALL, 1, PLENTY))
                .isEqualTo(new Replay(List.of(), false, List.of(new Lost(A, 1, 3, 3), new Lost(B, 1, 1, 1)), 6));
    }

    @Test
    @DisplayName("names no message as lost that the asker did not want: ranges have holes there")
    void namesOnlyWhatWasWanted() {
        Journal ring = bounded(10, HOUR);
        Channel view = Channel.ALL_CONVERSATIONS;
        for (int i = 1; i <= 5; i++) {
            ring.append(new Draft("d" + i, "note", A, i == 3 ? List.of() : List.of(view), Map.of()));
        }

        assertThat(ring.replay(new Cursor(0, 0, 0), (channel, views) -> views.contains(view), 10, PLENTY)
                        .lost())
                .containsExactly(new Lost(A, 1, 2, 2), new Lost(A, 4, 5, 2));
    }

    @Test
    @DisplayName("says that something is lost, but not how much, when even its number is forgotten, and else nothing")
    void admitsWhatIsForgotten() {
        Journal ring = remembering(2, 10);
        note(ring, B);
        note(ring, A);
        note(ring, A);
        note(ring, A);
        note(ring, A);

        assertThat(replay(ring, 0).lost())
                .containsExactly(new Lost(A, 0, 2, 0), new Lost(A, 3, 4, 2), new Lost(B, 0, 1, 0));
        assertThat(replay(ring, 1).lost()).containsExactly(new Lost(A, 0, 2, 0), new Lost(A, 3, 4, 2));
        assertThat(replay(ring, 3).lost()).containsExactly(new Lost(A, 3, 4, 2));
    }

    @Test
    @DisplayName("replays what is kept for those who come later though its time in the ring is over")
    void replaysWhatIsKept() {
        Journal ring = bounded(10, HOUR);
        Message kept = ring.append(Draft.to(A, "notice", Map.of()).keptFor(HOUR));
        note(ring, A);

        assertThat(replay(ring, 0)).isEqualTo(new Replay(List.of(kept), true, List.of(new Lost(A, 2, 2, 1)), 2));
        assertThat(ring.history(A, 0, 10)).isEqualTo(new History(List.of(kept), false));
        clock.advance(HOUR);
        assertThat(replay(ring, 0).lost()).containsExactly(new Lost(A, 1, 2, 2));
    }

    @Test
    @DisplayName("replays what is kept for those who come later though even its number is forgotten, and calls it lost"
            + " only when it has expired")
    void replaysWhatIsKeptBeyondItsNumbers() {
        Journal ring = remembering(2, 10);
        Channel bob = Channel.named("user:bob");
        note(ring, bob);
        Message first = ring.append(Draft.to(A, "notice", Map.of()).keptFor(HOUR));
        Message second = ring.append(Draft.to(bob, "notice", Map.of()).keptFor(HOUR));
        Message third = ring.append(Draft.to(bob, "notice", Map.of()).keptFor(HOUR.multipliedBy(2)));
        for (int i = 0; i < 3; i++) {
            note(ring, B);
        }

        List<Lost> lost = List.of(new Lost(B, 0, 1, 0), new Lost(B, 2, 3, 2), new Lost(bob, 0, 1, 0));
        assertThat(replay(ring, 0)).isEqualTo(new Replay(List.of(first, second, third), true, lost, 7));
        assertThat(replay(ring, 2).messages()).containsExactly(second, third);
        assertThat(replay(ring, 2).lost()).isEqualTo(lost.subList(0, 2));
        assertThat(ring.history(bob, 0, 10)).isEqualTo(new History(List.of(second, third), false));
        assertThat(ring.history(bob, 1, 10)).isEqualTo(new History(List.of(second, third), true));
        assertThat(ring.history(bob, 1, 1)).isEqualTo(new History(List.of(second), false));

        // looked at before and after it has been found to have expired
        clock.advance(HOUR);
        for (int i = 0; i < 2; i++) {
            Replay replay = replay(ring, 2);
            assertThat(replay.messages()).containsExactly(third);
            assertThat(replay.lost()).contains(new Lost(bob, 0, 2, 0));
            assertThat(replay(ring, 0).lost()).contains(new Lost(A, 0, 1, 0), new Lost(bob, 0, 2, 0));
            assertThat(ring.kept(ALL)).containsExactly(third);
        }
    }

    @Test
    @DisplayName("lets the oldest go of what it keeps for those who come later when that is too much")
    void boundsWhatIsKept() {
        int size = note(bounded(PLENTY, HOUR), A).size();
        JournalConfig config = new JournalConfig(PLENTY, HOUR, 100, 2L * size, JournalConfig.Store.DEFAULT);
        Journal ring = new RingJournal(new JsonEncoder(), message -> {}, clock, config, Behind.NOTHING);
        List<Message> appended = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            appended.add(ring.append(Draft.to(A, "note", Map.of("n", 1)).keptFor(HOUR)));
        }

        assertThat(ring.kept(ALL)).isEqualTo(appended.subList(1, 3));
    }

    private static Message note(Journal journal, Channel channel) {
        return journal.append(Draft.to(channel, "note", Map.of("n", 1)));
    }

    private static List<Long> seqs(History history) {
        return history.messages().stream().map(Message::seq).toList();
    }
}
