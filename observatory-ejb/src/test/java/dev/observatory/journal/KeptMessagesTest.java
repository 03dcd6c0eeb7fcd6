package dev.observatory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is kept for those who come later")
class KeptMessagesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Channel TOPIC = Channel.named("topic:a");
    private static final Channel ANN = Channel.named("user:ann");
    private static final Channel BOB = Channel.named("user:bob");
    private static final Interest ALL = (channel, views) -> true;

    private final ManualClock clock = new ManualClock(NOW.toString());

    private static Message message(Channel channel, long pos, int size, Duration time) {
        return new Message("d" + pos, "note", channel, List.of(), pos, pos, NOW, "", size, null, NOW.plus(time));
    }

    private RingJournal journal(long maxKeptBytes) {
        JournalConfig config = new JournalConfig(1 << 20, HOUR, 1000, maxKeptBytes, JournalConfig.Store.DEFAULT);
        return new RingJournal(new JsonEncoder(), message -> {}, clock, config, Behind.NOTHING);
    }

    private static Draft notice(Channel channel) {
        return Draft.to(channel, "notice", 1).keptFor(HOUR);
    }

    /** The best of several, since the machine may be busy. */
    private static long nanos(Runnable work) {
        return IntStream.range(0, 5)
                .mapToLong(i -> {
                    long since = System.nanoTime();
                    work.run();
                    return System.nanoTime() - since;
                })
                .min()
                .orElseThrow();
    }

    @Test
    @DisplayName("costs a message no more when there are a hundred times as many")
    void costsNoMoreWithMany() {
        assertThat(timeOfMore(200_000)).isLessThan(20 * timeOfMore(2_000));
    }

    private static long timeOfMore(int count) {
        KeptMessages kept = new KeptMessages(Long.MAX_VALUE);
        for (int i = 1; i <= count; i++) {
            kept.add(message(TOPIC, i, 100, HOUR));
        }
        long[] pos = {count};
        return nanos(() -> {
            for (int i = 0; i < 200; i++) {
                kept.add(message(TOPIC, ++pos[0], 100, HOUR));
            }
        });
    }

    @Test
    @DisplayName("asks about each address once, however many messages it has")
    void asksOnceForEachAddress() {
        Journal journal = journal(1 << 20);
        List<Message> toAnn = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            toAnn.add(journal.append(notice(ANN)));
            journal.append(notice(BOB));
        }
        AtomicInteger asked = new AtomicInteger();

        assertThat(journal.kept((channel, views) -> {
                    asked.incrementAndGet();
                    return channel.equals(ANN);
                }))
                .isEqualTo(toAnn);

        assertThat(asked.get()).isEqualTo(2);
    }

    @Test
    @DisplayName("is found by its views, and comes in the order of pos over all addresses")
    void isFoundByViews() {
        Journal journal = journal(1 << 20);
        Channel view = Channel.ALL_CONVERSATIONS;
        Channel home = Channel.conversation("a");
        Message first = journal.append(notice(TOPIC));
        Message second = journal.append(new Draft("d", "note", home, List.of(view), 1).keptFor(HOUR));
        Message third = journal.append(notice(home));
        Message fourth = journal.append(notice(TOPIC));

        assertThat(journal.kept((channel, views) -> views.contains(view))).containsExactly(second);
        assertThat(journal.kept((channel, views) -> channel.equals(home))).containsExactly(second, third);
        assertThat(journal.kept(ALL)).containsExactly(first, second, third, fourth);
    }

    @Test
    @DisplayName("expires by itself, in whatever order it came")
    void expires() {
        KeptMessages kept = new KeptMessages(1 << 20);
        kept.add(message(TOPIC, 1, 100, HOUR.multipliedBy(3)));
        kept.add(message(TOPIC, 2, 100, HOUR));
        kept.add(message(ANN, 3, 100, HOUR.multipliedBy(2)));

        assertThat(kept.get(2, NOW.plus(HOUR))).isNull();
        assertThat(kept.get(3, NOW.plus(HOUR))).isNotNull();
        assertThat(kept.list(NOW.plus(HOUR))).extracting(Message::pos).containsExactly(1L, 3L);
        assertThat(kept.list(NOW.plus(HOUR.multipliedBy(2))))
                .extracting(Message::pos)
                .containsExactly(1L);
        assertThat(kept.addresses()).containsExactly(new Address(TOPIC, List.of()));
        assertThat(kept.list(NOW.plus(HOUR.multipliedBy(3)))).isEmpty();
    }
}
