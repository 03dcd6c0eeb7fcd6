package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayName("A tally")
class TallyTest {

    private static final Message MESSAGE =
            new Message("d", "note", Channel.ALERTS, List.of(), 3, 9, Instant.EPOCH, "{}", 2, null, null);

    @Test
    @DisplayName("is complete when no loop has found anybody")
    void isCompleteWithoutRecipients() {
        Tally tally = tally(2);
        tally.matched(0);
        assertThat(result(tally)).isNotDone();
        tally.matched(0);

        assertThat(result(tally)).isCompletedWithValue(new BroadcastResult(9, 3, 0, 0, 0, Set.of()));
    }

    @Test
    @DisplayName("is complete with the last delivery")
    void isCompleteWithTheLastDelivery() {
        Tally tally = tally(1);
        tally.matched(2);
        tally.delivered();
        assertThat(result(tally)).isNotDone();
        tally.delivered();

        assertThat(result(tally)).isCompletedWithValue(new BroadcastResult(9, 3, 2, 2, 0, Set.of()));
    }

    @Test
    @DisplayName("is complete with the last failure, and names whom it did not reach")
    void isCompleteWithTheLastFailure() {
        Tally tally = tally(1);
        tally.matched(3);
        tally.failed("a");
        tally.delivered();
        tally.failed("b");

        assertThat(result(tally)).isCompletedWithValue(new BroadcastResult(9, 3, 3, 1, 0, Set.of("a", "b")));
    }

    @Test
    @DisplayName("waits for every loop, also when those it has heard of are done")
    void waitsForEveryLoop() {
        Tally tally = tally(2);
        tally.matched(1);
        tally.delivered();
        assertThat(result(tally)).isNotDone();
        tally.matched(0);

        assertThat(result(tally)).isCompletedWithValue(new BroadcastResult(9, 3, 1, 1, 0, Set.of()));
    }

    @Test
    @DisplayName("completes on the listeners' executor, so that no foreign code gets onto a loop")
    void completesElsewhere() {
        List<Runnable> queued = new ArrayList<>();
        Tally tally = new Tally(1, queued::add);
        tally.numbered(MESSAGE);
        tally.matched(0);

        assertThat(result(tally)).isNotDone();
        queued.forEach(Runnable::run);
        assertThat(result(tally)).isCompleted();
    }

    @Test
    @DisplayName("holds no lock while listeners run")
    void holdsNoLock() {
        Tally tally = tally(1);
        List<Boolean> locked = new ArrayList<>();
        tally.result().thenRun(() -> locked.add(Thread.holdsLock(tally)));
        tally.matched(0);

        assertThat(locked).containsExactly(false);
    }

    @Test
    @DisplayName("completes all the same when the executor takes nothing any more")
    void completesAtShutdown() {
        Tally tally = new Tally(1, task -> {
            throw new RejectedExecutionException("stopped");
        });
        tally.numbered(MESSAGE);
        tally.matched(0);

        assertThat(result(tally)).isCompletedWithValue(new BroadcastResult(9, 3, 0, 0, 0, Set.of()));
    }

    @RepeatedTest(20)
    @DisplayName("counts right when all loops report at once")
    void countsConcurrently() throws Exception {
        int loops = 4;
        Tally tally = tally(loops);
        ExecutorService pool = Executors.newFixedThreadPool(loops);
        CyclicBarrier together = new CyclicBarrier(loops);
        List<Future<?>> reports = new ArrayList<>();
        Set<String> failed = new HashSet<>();
        Random random = new Random(1);
        for (int loop = 0; loop < loops; loop++) {
            List<String> failing = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                failing.add(random.nextInt(10) == 0 ? loop + "-" + i : null);
            }
            failing.stream().filter(id -> id != null).forEach(failed::add);
            reports.add(pool.submit(() -> {
                together.await(60, TimeUnit.SECONDS);
                tally.matched(failing.size());
                failing.forEach(id -> {
                    if (id == null) {
                        tally.delivered();
                    } else {
                        tally.failed(id);
                    }
                });
                return null;
            }));
        }
        for (Future<?> report : reports) {
            report.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();

        assertThat(result(tally))
                .isCompletedWithValue(new BroadcastResult(9, 3, 2_000, 2_000 - failed.size(), 0, failed));
    }

    private static Tally tally(int loops) {
        Tally tally = new Tally(loops, Runnable::run);
        tally.numbered(MESSAGE);
        return tally;
    }

    private static CompletableFuture<BroadcastResult> result(Tally tally) {
        return tally.result().toCompletableFuture();
    }
}
