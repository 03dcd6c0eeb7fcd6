package dev.observatory.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every journal promises, whatever it keeps its messages in. */
abstract class JournalContract {

    static final Channel A = Channel.conversation("a");
    static final Channel B = Channel.conversation("b");

    final ManualClock clock = new ManualClock("2026-01-02T03:04:05.678901Z");
    final List<Message> announced = Collections.synchronizedList(new ArrayList<>());

    /** What a listener does besides writing down. */
    final AtomicReference<Consumer<Message>> listener = new AtomicReference<>(message -> {});

    Journal journal;

    /** A journal without messages that keeps everything these tests append. */
    abstract Journal emptyJournal(JsonEncoder encoder, Consumer<Message> announcer, ManualClock clock);

    @BeforeEach
    void open() {
        journal = emptyJournal(new JsonEncoder(), this::announce, clock);
    }

    private void announce(Message message) {
        announced.add(message);
        listener.get().accept(message);
    }

    Message append(Channel channel) {
        return journal.append(Draft.to(channel, "note", Map.of("n", 1)));
    }

    @Test
    @DisplayName("has no numbers before the first message")
    void startsEmpty() {
        assertThat(journal.pos()).isZero();
        assertThat(journal.seq(A)).isZero();
        assertThat(journal.history(A, 0, 10).messages()).isEmpty();
        assertThat(journal.history(A, 0, 10).complete()).isTrue();
    }

    @Test
    @DisplayName("numbers from 1 without holes, in each channel and over all")
    void numbersWithoutHoles() {
        List<Message> messages = List.of(append(A), append(B), append(A), append(A), append(B));

        assertThat(messages).extracting(Message::pos).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(messages).extracting(Message::seq).containsExactly(1L, 1L, 2L, 3L, 2L);
        assertThat(journal.pos()).isEqualTo(5);
        assertThat(journal.seq(A)).isEqualTo(3);
        assertThat(journal.seq(B)).isEqualTo(2);
        assertThat(LongStream.rangeClosed(0, 6).map(pos -> journal.seqAt(A, pos)))
                .containsExactly(0L, 1L, 1L, 2L, 3L, 3L, 3L);
    }

    @Test
    @DisplayName("tells what has been announced to whoever is just being told, on whatever thread, without a wait")
    void tellsWhatIsAnnounced() {
        append(A);
        List<Long> seen = new ArrayList<>();
        listener.set(message -> seen.add(CompletableFuture.supplyAsync(journal::announced)
                .orTimeout(10, TimeUnit.SECONDS)
                .join()));

        append(A);

        assertThat(seen).containsExactly(1L);
        assertThat(journal.announced()).isEqualTo(2);
    }

    @Test
    @DisplayName("takes the draft over into the message, with the time to the millisecond and the size in UTF-8")
    void takesTheDraftOver() {
        Draft draft = new Draft("d1", "note", Channel.ALERTS, List.of(A), Map.of("text", "h\u00e9 \ud83d\ude00"));

        Message message = journal.append(draft);

        assertThat(message.draftId()).isEqualTo("d1");
        assertThat(message.type()).isEqualTo("note");
        assertThat(message.channel()).isEqualTo(Channel.ALERTS);
        assertThat(message.views()).containsExactly(A);
        assertThat(message.timestamp()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(message.size()).isEqualTo(message.json().getBytes(StandardCharsets.UTF_8).length);
        JsonObject json = parsed(message.json());
        assertThat(json.getInt("seq")).isEqualTo(1);
        assertThat(json.getInt("pos")).isEqualTo(1);
        assertThat(json.getString("priority")).isEqualTo("high");
        assertThat(json.getString("timestamp")).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(json.getJsonObject("data").getString("text")).isEqualTo("h\u00e9 \ud83d\ude00");
    }

    @Test
    @DisplayName("announces each message once, before append returns it")
    void announcesBeforeItReturns() {
        Message message = append(A);

        assertThat(announced).containsExactly(message);
    }

    @Test
    @DisplayName("can be asked by a listener about the message it hears of")
    void canBeAskedByAListener() {
        List<Object> seen = new ArrayList<>();
        listener.set(message -> {
            seen.add(journal.pos());
            seen.add(journal.seq(message.channel()));
            seen.addAll(journal.history(message.channel(), 0, 10).messages());
        });

        Message message = append(A);

        assertThat(seen).containsExactly(1L, 1L, message);
    }

    @Test
    @DisplayName("announces what 8 threads append in the order of pos, each once and without holes in any channel")
    void keepsOrderUnderConcurrency() throws Exception {
        int threads = 8;
        int each = 1_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Future<List<Message>>> appended = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            appended.add(pool.submit(() -> {
                Random random = new Random(thread);
                List<Message> mine = new ArrayList<>();
                together.await(10, TimeUnit.SECONDS);
                for (int i = 0; i < each; i++) {
                    Channel channel = Channel.conversation("c" + random.nextInt(5));
                    mine.add(journal.append(Draft.to(channel, "note", Map.of("thread", thread, "i", i))));
                }
                return mine;
            }));
        }
        Map<String, Message> returned = new HashMap<>();
        for (Future<List<Message>> future : appended) {
            List<Message> mine = future.get(60, TimeUnit.SECONDS);
            assertThat(mine).extracting(Message::pos).isSorted();
            mine.forEach(message -> returned.put(message.draftId(), message));
        }
        pool.shutdown();

        assertThat(announced)
                .extracting(Message::pos)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, threads * each).boxed().toList());
        assertThat(announced)
                .allMatch(message -> returned.get(message.draftId()).equals(message));
        Map<Channel, Long> seqs = new HashMap<>();
        for (Message message : announced) {
            assertThat(message.seq()).isEqualTo(seqs.merge(message.channel(), 1L, Long::sum));
        }
        assertThat(seqs).allSatisfy((channel, seq) -> {
            assertThat(journal.seq(channel)).isEqualTo(seq);
            assertThat(journal.history(channel, 0, Integer.MAX_VALUE).messages())
                    .extracting(Message::seq)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, seq).boxed().toList());
        });
    }

    static Stream<Arguments> unencodable() {
        List<Object> cyclic = new ArrayList<>();
        cyclic.add(cyclic);
        return Stream.of(
                Arguments.of("a number that is none", Map.of("n", Double.NaN)),
                Arguments.of("a number that is none, alone", Double.NaN),
                Arguments.of("an infinite number", new double[] {Double.NEGATIVE_INFINITY}),
                Arguments.of("a list that holds itself", cyclic),
                Arguments.of("an object that holds itself", new Cyclic()),
                Arguments.of("a getter that throws", new Throwing()),
                Arguments.of("an iterator that throws", new Faulty()),
                Arguments.of("a chain of 100,000 objects", Link.chain(100_000)));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("refuses data that has no JSON form: no hole is left and nobody hears of it")
    @MethodSource("unencodable")
    void refusesWhatHasNoJsonForm(String what, Object data) {
        append(A);

        assertThatExceptionOfType(UnencodableException.class)
                .isThrownBy(() -> journal.append(Draft.to(A, "note", data)))
                .withMessageContaining(
                        "no JSON can be made of a " + data.getClass().getName());

        assertThat(announced).hasSize(1);
        assertThat(journal.pos()).isEqualTo(1);
        assertThat(journal.history(A, 0, 10).messages()).hasSize(1);
        assertThat(append(A)).extracting(Message::pos, Message::seq).containsExactly(2L, 2L);
    }

    @Test
    @DisplayName("refuses a listener that appends, because the order would depend on the listener")
    void refusesAListenerThatAppends() {
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        listener.set(message -> {
            try {
                append(B);
            } catch (RuntimeException e) {
                refusal.set(e);
            }
        });

        append(A);
        listener.set(message -> {});
        append(A);

        assertThat(refusal.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("listener");
        assertThat(announced).extracting(Message::pos).containsExactly(1L, 2L);
        assertThat(journal.seq(B)).isZero();
    }

    @Test
    @DisplayName("goes on without a hole after a listener that fails, and the message it failed at is kept")
    void survivesAListenerThatFails() {
        listener.set(message -> {
            throw new IllegalStateException("a fault");
        });
        assertThatIllegalStateException().isThrownBy(() -> append(A)).withMessage("a fault");
        listener.set(message -> {});

        append(A);

        assertThat(journal.history(A, 0, 10).messages())
                .extracting(Message::seq)
                .containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("has one epoch, and another journal has another")
    void hasAnEpoch() {
        String epoch = journal.epoch();
        append(A);

        assertThat(journal.epoch()).isNotEmpty().isEqualTo(epoch);
        assertThat(emptyJournal(new JsonEncoder(), message -> {}, clock).epoch())
                .isNotEqualTo(epoch);
    }

    @Test
    @DisplayName("gives the history of one channel behind a number, oldest first and complete")
    void givesHistory() {
        append(A);
        append(B);
        Message second = append(A);
        Message third = append(A);

        assertThat(journal.history(A, 1, 10)).isEqualTo(new Journal.History(List.of(second, third), true));
        assertThat(journal.history(A, 3, 10)).isEqualTo(new Journal.History(List.of(), true));
    }

    @Test
    @DisplayName("gives as much history as asked for, and says that there is more")
    void limitsHistory() {
        Message first = append(A);
        Message second = append(A);
        append(A);

        assertThat(journal.history(A, 0, 2)).isEqualTo(new Journal.History(List.of(first, second), false));
        assertThat(journal.history(A, 0, 3).complete()).isTrue();
        assertThat(journal.history(A, 0, 0)).isEqualTo(new Journal.History(List.of(), false));
        assertThat(journal.history(A, 3, 0).complete()).isTrue();
    }

    @Test
    @DisplayName("ends a piece of history at about a megabyte, but never before its first message")
    void limitsHistoryInBytes() {
        Map<String, String> large = Map.of("text", "x".repeat(400_000));
        for (int i = 0; i < 4; i++) {
            journal.append(Draft.to(A, "large", large));
        }
        journal.append(Draft.to(B, "huge", Map.of("text", "x".repeat(3_000_000))));

        assertThat(journal.history(A, 0, 10).messages()).hasSize(2);
        assertThat(journal.history(A, 0, 10).complete()).isFalse();
        assertThat(journal.history(A, 2, 10).complete()).isTrue();
        assertThat(journal.history(B, 0, 10).messages()).hasSize(1);
    }

    @Test
    @DisplayName("has no history of a channel in which nothing has happened")
    void knowsNoHistoryOfOthers() {
        append(A);

        assertThat(journal.history(B, 0, 10)).isEqualTo(new Journal.History(List.of(), true));
    }

    @Test
    @DisplayName("does not call the history behind a number complete that it has never given")
    void doubtsFutureNumbers() {
        append(A);

        assertThat(journal.history(A, 2, 10)).isEqualTo(new Journal.History(List.of(), false));
        assertThat(journal.history(A, Long.MAX_VALUE, 10).complete()).isFalse();
        assertThat(journal.history(B, 1, 10).complete()).isFalse();
    }

    @Test
    @DisplayName("does not show a view the history of the channels it shows")
    void hasNoHistoryOfViews() {
        journal.append(new Draft("d", "note", A, List.of(Channel.ALL_CONVERSATIONS), Map.of()));

        assertThat(journal.seq(Channel.ALL_CONVERSATIONS)).isZero();
        assertThat(journal.history(Channel.ALL_CONVERSATIONS, 0, 10).messages()).isEmpty();
    }

    @Test
    @DisplayName("stays in order when the clock goes back")
    void survivesAClockThatGoesBack() {
        append(A);
        clock.advance(Duration.ofHours(-1));
        append(A);

        assertThat(journal.history(A, 0, 10).messages())
                .extracting(Message::seq)
                .containsExactly(1L, 2L);
    }

    private static final Interest ALL = (channel, views) -> true;
    private static final Cursor START = new Cursor(0, 0, 0);

    private static Interest only(Channel wanted) {
        return (channel, views) -> channel.equals(wanted) || views.contains(wanted);
    }

    private Replay replay(Cursor cursor, Interest interest) {
        return journal.replay(cursor, interest, Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    @Test
    @DisplayName("replays what came behind a cursor, in the order of pos over all channels")
    void replays() {
        append(A);
        Message second = append(B);
        Message third = append(A);

        assertThat(replay(new Cursor(1, 1, 1), ALL)).isEqualTo(new Replay(List.of(second, third), true, List.of(), 3));
        assertThat(replay(new Cursor(3, 3, 3), ALL)).isEqualTo(new Replay(List.of(), true, List.of(), 3));
    }

    @Test
    @DisplayName("replays what an asker wants, by home channel or by a view, and asks once for each address")
    void replaysWhatIsWanted() {
        Message viewed = journal.append(new Draft("d", "note", A, List.of(Channel.ALL_CONVERSATIONS), Map.of()));
        append(A);
        Message home = append(B);
        List<Channel> asked = new ArrayList<>();

        Replay replay = replay(START, (channel, views) -> {
            asked.add(channel);
            return channel.equals(B) || views.contains(Channel.ALL_CONVERSATIONS);
        });

        assertThat(replay).isEqualTo(new Replay(List.of(viewed, home), true, List.of(), 3));
        assertThat(asked).containsExactly(A, A, B);
    }

    @Test
    @DisplayName("compares each message with the cursor of its channel's priority")
    void replaysByPriority() {
        Message alert = append(Channel.ALERTS);
        Message normal = append(A);
        Message file = append(Channel.FILE_EVENTS);
        append(Channel.ALERTS);
        append(A);
        append(Channel.FILE_EVENTS);

        assertThat(replay(new Cursor(0, 6, 6), ALL).messages()).hasSize(2).contains(alert);
        assertThat(replay(new Cursor(6, 0, 6), ALL).messages()).hasSize(2).contains(normal);
        assertThat(replay(new Cursor(6, 6, 0), ALL).messages()).hasSize(2).contains(file);
        assertThat(replay(new Cursor(1, 5, 3), ALL).messages())
                .extracting(Message::pos)
                .containsExactly(4L, 6L);
    }

    @Test
    @DisplayName("replays nothing rather than a part when it is more messages or bytes than allowed")
    void limitsReplays() {
        Message first = append(A);
        Message second = append(B);
        long bytes = first.size() + second.size();

        assertThat(journal.replay(START, ALL, 2, bytes).messages()).containsExactly(first, second);
        assertThat(journal.replay(START, ALL, 1, bytes)).isEqualTo(new Replay(List.of(), false, List.of(), 2));
        assertThat(journal.replay(START, ALL, 2, bytes - 1)).isEqualTo(new Replay(List.of(), false, List.of(), 2));
        assertThat(journal.replay(START, only(B), 1, bytes).messages()).containsExactly(second);
        assertThat(journal.replay(new Cursor(2, 2, 2), ALL, 0, 0).complete()).isTrue();
    }

    @Test
    @DisplayName("has nothing behind a cursor from the future")
    void replaysNothingFromTheFuture() {
        append(A);

        assertThat(replay(new Cursor(2, 7, Long.MAX_VALUE), ALL)).isEqualTo(new Replay(List.of(), true, List.of(), 1));
    }

    Message appendKept(Channel channel, Duration time) {
        return journal.append(Draft.to(channel, "notice", Map.of("n", 1)).keptFor(time));
    }

    @Test
    @DisplayName("B10.2 keeps what is for those who come later until it expires, for those who want it")
    void keepsUntilItExpires() {
        Message shortly = appendKept(A, Duration.ofMinutes(1));
        append(A);
        Message longer = appendKept(B, Duration.ofMinutes(2));

        assertThat(longer.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(2)));
        assertThat(journal.kept(ALL)).containsExactly(shortly, longer);
        assertThat(journal.kept(only(B))).containsExactly(longer);

        clock.advance(Duration.ofSeconds(60).minusNanos(1));
        assertThat(journal.kept(ALL)).containsExactly(shortly, longer);
        clock.advance(Duration.ofNanos(1));
        assertThat(journal.kept(ALL)).containsExactly(longer);
        clock.advance(Duration.ofMinutes(1));
        assertThat(journal.kept(ALL)).isEmpty();
    }

    @Test
    @DisplayName("keeps for ever what would expire beyond all calendars, and leaves no hole for it")
    void keepsForEver() {
        Message message = appendKept(A, Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(message.seq()).isEqualTo(1);
        clock.advance(Duration.ofDays(365 * 1000));
        assertThat(journal.kept(ALL)).containsExactly(message);
    }

    static JsonObject parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    /** A list that changes while it is read. */
    private static final class Faulty extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            throw new ConcurrentModificationException();
        }

        @Override
        public int size() {
            return 1;
        }
    }

    /** Data with a getter that throws. */
    public static final class Throwing {
        public String getText() {
            throw new UnsupportedOperationException("no text");
        }
    }

    /** Data that leads back to itself. */
    public static final class Cyclic {
        public Cyclic getSelf() {
            return this;
        }
    }

    /** Data deeper than any stack. */
    public record Link(Link next) {
        static Link chain(int length) {
            Link link = new Link(null);
            for (int i = 1; i < length; i++) {
                link = new Link(link);
            }
            return link;
        }

        @Override
        public String toString() {
            return "a chain";
        }
    }
}
