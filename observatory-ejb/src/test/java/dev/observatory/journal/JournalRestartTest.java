package dev.observatory.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The journal with a store behind it")
class JournalRestartTest {

    private static final Channel A = Channel.conversation("a");
    private static final Channel B = Channel.conversation("b");
    private static final Interest ALL = (channel, views) -> true;
    private static final Duration HOUR = Duration.ofHours(1);

    /** Less than any message. */
    private static final long NOTHING = 10;

    private final ManualClock clock = new ManualClock("2026-01-02T03:04:05.678Z");
    private final MemoryJournalStore.Disk disk = new MemoryJournalStore.Disk();

    private JournalRun start(long maxBytes) {
        return new JournalRun(config(maxBytes), new MemoryJournalStore(disk), clock);
    }

    private JournalRun start(JournalStore store) {
        return new JournalRun(config(1 << 20), store, clock);
    }

    private JournalRun start() {
        return start(1 << 20);
    }

    private static JournalConfig config(long maxBytes) {
        return new JournalConfig(maxBytes, HOUR, 1000, 1 << 20, JournalConfig.Store.DEFAULT);
    }

    private Message note(JournalRun run, Channel channel) {
        clock.advance(Duration.ofMillis(1));
        return run.journal.append(Draft.to(channel, "note", Map.of("n", 1)));
    }

    private Message notice(JournalRun run, Channel channel, Duration time) {
        clock.advance(Duration.ofMillis(1));
        return run.journal.append(Draft.to(channel, "notice", Map.of("n", 2)).keptFor(time));
    }

    private static Replay replay(JournalRun run, long cursor) {
        return run.journal.replay(new Cursor(cursor, cursor, cursor), ALL, Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    @Test
    @DisplayName("goes on after an orderly end with epoch, pos and all seqs, several times, and has the past")
    void goesOn() {
        JournalRun run = start();
        String epoch = run.journal.epoch();
        Message a1 = note(run, A);
        Message b1 = note(run, B);
        run.close();

        run = start();
        assertThat(run.journal.epoch()).isEqualTo(epoch);
        assertThat(run.journal.pos()).isEqualTo(2);
        assertThat(run.journal.history(A, 0, 10)).isEqualTo(new Journal.History(List.of(a1), true));
        Message a2 = note(run, A);
        assertThat(List.of(a2.pos(), a2.seq())).containsExactly(3L, 2L);
        run.write();
        run.close();

        run = start();
        run.close();

        run = start();
        assertThat(run.journal.epoch()).isEqualTo(epoch);
        Message b2 = note(run, B);
        assertThat(List.of(b2.pos(), b2.seq())).containsExactly(4L, 2L);
        assertThat(replay(run, 0)).isEqualTo(new Replay(List.of(a1, b1, a2, b2), true, List.of(), 4));
        assertThat(run.journal.history(B, 0, 10)).isEqualTo(new Journal.History(List.of(b1, b2), true));
    }

    @Test
    @DisplayName("goes on although the store fails once while it begins, whatever is asked of it then")
    void goesOnAfterAHiccup() {
        JournalRun run = start();
        Message notice = notice(run, A, HOUR);
        run.close();
        AtomicInteger calls = new AtomicInteger();

        JournalRun next = start(new ForwardingStore(new MemoryJournalStore(disk)) {
            @Override
            public List<KeptDraft> drafts() {
                if (calls.getAndIncrement() == 0) {
                    throw new JournalStoreException("the connection is lost", null);
                }
                return super.drafts();
            }
        });

        assertThat(calls.get()).isEqualTo(2);
        assertThat(next.journal.epoch()).isEqualTo(run.journal.epoch());
        assertThat(next.journal.kept(ALL)).containsExactly(notice);
    }

    @Test
    @DisplayName("begins an epoch after a run that did not end in order, however well it had written")
    void beginsAnewAfterAKill() {
        JournalRun run = start();
        note(run, A);
        run.write();
        String killed = run.journal.epoch();

        run = start();
        assertThat(run.journal.epoch()).isNotEqualTo(killed);
        assertThat(run.journal.pos()).isZero();
        assertThat(run.journal.history(A, 0, 10)).isEqualTo(new Journal.History(List.of(), true));
        String second = run.journal.epoch();
        run.close();

        run = start();
        assertThat(run.journal.epoch()).isEqualTo(second);
        // and this one is killed before it has said anything
        run = start();
        assertThat(run.journal.epoch()).isNotEqualTo(second);
        assertThat(disk.blockCount()).isZero();
    }

    @Test
    @DisplayName("gives of what has left its memory what the store has")
    void readsTheStore() {
        JournalRun run = start(NOTHING);
        note(run, A);
        assertThat(replay(run, 0).lost()).containsExactly(new Lost(A, 1, 1, 1));

        run = start(400);
        Message first = note(run, A);
        Message second = note(run, A);
        run.write();
        Message third = note(run, B);
        Message fourth = note(run, A);
        run.write();
        for (int i = 0; i < 10; i++) {
            note(run, B);
            run.write();
        }

        assertThat(run.journal.behind(0, 100, 1 << 20)).doesNotContain(first, second, third, fourth);
        assertThat(replay(run, 0).lost()).isEmpty();
        assertThat(replay(run, 0).messages()).hasSize(14).startsWith(first, second, third, fourth);
        assertThat(run.journal.history(A, 0, 2)).isEqualTo(new Journal.History(List.of(first, second), false));
        assertThat(run.journal.history(A, 1, 9)).isEqualTo(new Journal.History(List.of(second, fourth), true));
        disk.setAway(true);
        assertThat(replay(run, 1).lost()).startsWith(new Lost(A, 2, 3, 2));
    }

    @Test
    @DisplayName("gives up what it had written before a message that left the memory unwritten, and says it is lost")
    void admitsAHole() {
        JournalRun run = start(400);
        note(run, A);
        run.write();
        disk.setAway(true);
        for (int i = 0; i < 10; i++) {
            note(run, A);
            run.write();
        }
        assertThat(run.trouble()).isEqualTo("the disk is away");
        disk.setAway(false);
        assertThat(replay(run, 0).lost()).hasSize(1);
        run.write();

        assertThat(run.trouble()).isNull();
        Replay replay = replay(run, 0);
        assertThat(replay.messages()).isNotEmpty().isEqualTo(run.journal.behind(0, 100, 1 << 20));
        long lost = replay.messages().get(0).seq() - 1;
        assertThat(replay.lost()).containsExactly(new Lost(A, 1, lost, lost));
        String epoch = run.journal.epoch();
        run.close();
        assertThat(replay(start(), 0)).isEqualTo(replay);
        assertThat(epoch).isNotEmpty();
    }

    @Test
    @DisplayName("begins in memory while the store is away, and joins it later without the past of the run before")
    void joinsLater() {
        JournalRun run = start();
        note(run, A);
        Message notice = notice(run, B, HOUR);
        run.close();
        String before = run.journal.epoch();

        disk.setAway(true);
        run = start();
        assertThat(run.journal.epoch()).isNotEqualTo(before);
        Message first = note(run, A);
        Message own = notice(run, A, HOUR);
        run.write();
        assertThat(run.trouble()).isNotNull();
        disk.setAway(false);
        run.write();

        assertThat(run.trouble()).isNull();
        assertThat(run.journal.kept(ALL)).hasSize(2).startsWith(own);
        Message again = run.journal.kept(ALL).get(1);
        assertThat(List.of(again.draftId(), again.pos(), again.seq(), again.expiresAt()))
                .containsExactly(notice.draftId(), 3L, 1L, notice.expiresAt());
        // those who are there have to hear of it, since it has a number
        assertThat(run.announced).containsExactly(first, own, again);
        String epoch = run.journal.epoch();
        run.close();

        run = start();
        assertThat(run.journal.epoch()).isEqualTo(epoch);
        assertThat(replay(run, 0).messages()).containsExactly(first, own, again);
        assertThat(run.journal.kept(ALL)).containsExactly(own, again);
    }

    @Test
    @DisplayName("lets nobody wait for a store that is away, after the first who finds out, until it is back")
    void waitsOnce() {
        AtomicInteger tries = new AtomicInteger();
        JournalRun run = start(new ForwardingStore(new MemoryJournalStore(disk)) {
            @Override
            public void keep(KeptDraft draft) {
                tries.incrementAndGet();
                super.keep(draft);
            }
        });
        disk.setAway(true);
        for (int i = 0; i < 10; i++) {
            notice(run, A, HOUR);
        }
        assertThat(tries.get()).isEqualTo(1);
        disk.setAway(false);
        run.write();
        assertThat(tries.getAndSet(0)).isEqualTo(11);

        notice(run, A, HOUR);

        assertThat(tries.get()).isEqualTo(1);
        assertThat(start().journal.kept(ALL)).hasSize(11);
    }

    @Test
    @DisplayName("gathers no ids of what has gone while the store is away, and when it is another's for good")
    void gathersNoIds() {
        JournalConfig config = new JournalConfig(1 << 20, HOUR, 1000, 1_000, JournalConfig.Store.DEFAULT);
        JournalRun run = new JournalRun(config, new MemoryJournalStore(disk), clock);
        disk.setAway(true);
        for (int i = 0; i < 100; i++) {
            notice(run, A, HOUR);
            run.write();
        }
        assertThat(run.journal.takeOusted()).isEmpty();

        disk.setAway(false);
        run.write();
        start();
        note(run, A);
        run.write();
        assertThat(run.trouble()).contains("another process");
        for (int i = 0; i < 100; i++) {
            notice(run, A, HOUR);
        }
        assertThat(run.journal.takeOusted()).isEmpty();
        assertThat(run.journal.unwrittenKept()).isEmpty();
    }

    @Test
    @DisplayName("does not end in order when the last messages cannot be written")
    void failsToEnd() {
        JournalRun run = start();
        note(run, A);
        disk.setAway(true);
        run.close();
        disk.setAway(false);

        assertThat(start().journal.epoch()).isNotEqualTo(run.journal.epoch());
    }

    @Test
    @DisplayName("takes nothing more when it is closed, so that the next start gives no number twice")
    void isClosed() {
        JournalRun run = start();
        note(run, A);
        run.close();

        assertThatExceptionOfType(JournalClosedException.class).isThrownBy(() -> note(run, A));
        assertThat(run.announced).hasSize(1);
    }

    /** A store that has what is kept, and does not come back before it may. */
    private final class SlowStore extends ForwardingStore {

        private final CountDownLatch hasKept = new CountDownLatch(1);
        private final CountDownLatch mayReturn = new CountDownLatch(1);

        SlowStore() {
            super(new MemoryJournalStore(disk));
        }

        @Override
        public void keep(KeptDraft draft) {
            super.keep(draft);
            hasKept.countDown();
            await(mayReturn);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("ends behind what is being kept: it gets its number, and the next start has it with that")
    void waitsForWhatIsBeingKept() throws Exception {
        SlowStore store = new SlowStore();
        JournalRun run = start(store);
        CompletableFuture<Message> notice = CompletableFuture.supplyAsync(() -> notice(run, A, HOUR));
        await(store.hasKept);
        Thread end = new Thread(() -> run.close(Duration.ofSeconds(10)));
        end.start();
        Awaitility.await()
                .until(() -> end.getState() == Thread.State.TIMED_WAITING || end.getState() == Thread.State.TERMINATED);
        assertThatExceptionOfType(JournalClosedException.class).isThrownBy(() -> notice(run, A, HOUR));

        store.mayReturn.countDown();

        Message told = notice.get(10, TimeUnit.SECONDS);
        end.join(10_000);
        JournalRun next = start();
        assertThat(next.journal.epoch()).isEqualTo(run.journal.epoch());
        assertThat(next.journal.kept(ALL)).containsExactly(told);
    }

    @Test
    @DisplayName(
            "takes back from the store what came too late to get a number, so that the next start does not tell it")
    void takesBackWhatIsLate() {
        SlowStore store = new SlowStore();
        JournalRun run = start(store);
        CompletableFuture<Message> notice = CompletableFuture.supplyAsync(() -> notice(run, A, HOUR));
        await(store.hasKept);
        run.close();

        store.mayReturn.countDown();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(notice::join)
                .withCauseInstanceOf(JournalClosedException.class);
        JournalRun next = start();
        assertThat(next.journal.epoch()).isEqualTo(run.journal.epoch());
        assertThat(next.journal.kept(ALL)).isEmpty();
    }

    @Test
    @DisplayName("stays in memory when another process takes the store, and reads nothing of that one's")
    void isTaken() {
        JournalRun first = start(note(start(), A).size());
        note(first, A);
        JournalRun second = start(400);
        Message other = note(second, B);
        second.write();
        note(first, A);
        first.write();

        assertThat(first.trouble()).contains("another process");
        Message last = note(first, A);
        first.write();
        assertThat(replay(first, 0)).isEqualTo(new Replay(List.of(last), true, List.of(new Lost(A, 1, 2, 2)), 3));
        first.close();
        assertThat(replay(second, 0).messages()).containsExactly(other);
        second.close();
        assertThat(start().journal.epoch()).isEqualTo(second.journal.epoch());
    }

    @Test
    @DisplayName("B10.2 has what is for those who come later after an orderly end and after a kill, in order, until it"
            + " expires")
    void keepsOverRestarts() {
        JournalRun run = start();
        Message shortly = notice(run, A, Duration.ofMinutes(1));
        note(run, A);
        Message longer = notice(run, A, HOUR);
        Message longest = notice(run, B, HOUR.multipliedBy(2));
        run.close();

        run = start();
        assertThat(run.journal.kept(ALL)).containsExactly(shortly, longer, longest);
        clock.advance(Duration.ofMinutes(2));

        // killed
        run = start();
        List<Message> kept = run.journal.kept(ALL);
        assertThat(kept).extracting(Message::draftId).containsExactly(longer.draftId(), longest.draftId());
        assertThat(kept).extracting(Message::pos).containsExactly(1L, 2L);
        assertThat(kept).extracting(Message::expiresAt).containsExactly(longer.expiresAt(), longest.expiresAt());
        assertThat(kept.get(0).json()).contains("\"pos\":1,").contains("\"data\":{\"n\":2}");
        run.close();
        assertThat(start().journal.kept(ALL)).isEqualTo(kept);
    }

    @Test
    @DisplayName("K6.3 tells after an orderly end what had to go before it expired")
    void remembersWhatHadToGo() {
        JournalConfig config = new JournalConfig(1 << 20, HOUR, 1000, NOTHING, JournalConfig.Store.DEFAULT);
        JournalRun run = new JournalRun(config, new MemoryJournalStore(disk), clock);
        Message first = notice(run, A, HOUR);
        Message second = notice(run, A, HOUR);
        List<Ousted> ousted = run.journal.later(ALL, Long.MAX_VALUE).ousted();
        assertThat(ousted).containsExactly(new Ousted(A, first.seq(), second.seq(), 2, 2, second.expiresAt()));
        run.close();

        run = new JournalRun(config, new MemoryJournalStore(disk), clock);

        assertThat(run.journal.later(ALL, Long.MAX_VALUE)).isEqualTo(new Journal.Later(List.of(), ousted));
        Message third = notice(run, A, HOUR);
        assertThat(run.journal.later(ALL, Long.MAX_VALUE).ousted())
                .containsExactly(new Ousted(A, first.seq(), third.seq(), 3, 3, third.expiresAt()));
    }

    @Test
    @DisplayName("begins an epoch when it cannot read what was left")
    void damaged() {
        MemoryJournalStore store = new MemoryJournalStore(disk);
        store.open();
        store.begin("epoch");
        store.close(new byte[] {1, 2, 3});

        JournalRun run = start();

        assertThat(run.journal.epoch()).isNotEqualTo("epoch");
        note(run, A);
        run.close();
        assertThat(start().journal.epoch()).isEqualTo(run.journal.epoch());
    }

    @Test
    @DisplayName("lets the oldest blocks of the store go that are too many messages, too many bytes or too old")
    void isBounded() {
        int size = note(start(), A).size();
        for (JournalConfig.Store bounds : List.of(
                new JournalConfig.Store(3L * size, HOUR, 100, HOUR, HOUR),
                new JournalConfig.Store(1 << 20, HOUR, 3, HOUR, HOUR),
                new JournalConfig.Store(1 << 20, Duration.ofMillis(2), 100, HOUR, HOUR))) {
            JournalConfig config = new JournalConfig(NOTHING + size, HOUR, 1000, 1 << 20, bounds);
            JournalRun run = new JournalRun(config, new MemoryJournalStore(disk), clock);
            for (int i = 0; i < 8; i++) {
                note(run, A);
                run.writeBlock();
            }

            assertThat(disk.blockCount()).as(bounds.toString()).isEqualTo(3);
            assertThat(replay(run, 0).messages()).extracting(Message::seq).containsExactly(6L, 7L, 8L);
            assertThat(replay(run, 0).lost()).containsExactly(new Lost(A, 1, 5, 5));
            run.close();
            JournalRun next = new JournalRun(config, new MemoryJournalStore(disk), clock);
            note(next, A);
            next.writeBlock();
            assertThat(replay(next, 0).lost()).containsExactly(new Lost(A, 1, 6, 6));
        }
    }
}
