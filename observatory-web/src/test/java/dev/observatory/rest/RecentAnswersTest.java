package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Recent answers")
class RecentAnswersTest {

    private final AtomicInteger made = new AtomicInteger();
    private long now;
    private final RecentAnswers<Integer> answers = new RecentAnswers<>(Duration.ofMinutes(10), 3, () -> now);

    private int ask(String key) {
        return answers.firstOr(key, "", made::incrementAndGet);
    }

    @Test
    @DisplayName("are given again for the same key, for a while")
    void giveTheFirst() {
        assertThat(ask("a")).isEqualTo(1);
        assertThat(ask("b")).isEqualTo(2);
        now += Duration.ofMinutes(10).toNanos() - 1;
        assertThat(ask("a")).isEqualTo(1);
        now += 1;
        assertThat(ask("a")).isEqualTo(3);
        assertThat(ask("a")).isEqualTo(3);
    }

    @Test
    @DisplayName("are forgotten, the oldest first, when there are too many")
    void areBounded() {
        ask("a");
        ask("b");
        ask("c");
        ask("a");
        ask("d");

        assertThat(ask("b")).isEqualTo(2);
        assertThat(ask("a")).isEqualTo(5);
    }

    @Test
    @DisplayName("know a key that is used for something else, as long as they remember it")
    void knowOtherContent() {
        answers.firstOr("a", "content", made::incrementAndGet);

        assertThat(answers.isTaken("a", "content")).isFalse();
        assertThat(answers.isTaken("a", "other content")).isTrue();
        assertThat(answers.isTaken("b", "other content")).isFalse();
        now += Duration.ofMinutes(10).toNanos();
        assertThat(answers.isTaken("a", "other content")).isFalse();
    }

    @Test
    @DisplayName("are no failures: who asks again has another try")
    void forgetFailures() {
        assertThatIllegalStateException()
                .isThrownBy(() -> answers.firstOr("a", "", () -> {
                    throw new IllegalStateException("not now");
                }));

        assertThat(ask("a")).isEqualTo(1);
    }

    @Test
    @DisplayName("are no errors either: who waits for one hears of it, and who asks again has another try")
    void forgetErrors() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> answers.firstOr("a", "", () -> {
            making.countDown();
            await(go);
            throw new StackOverflowError();
        }));
        await(making);
        AtomicReference<Throwable> heard = new AtomicReference<>();
        Thread second = new Thread(() -> heard.set(catchThrowable(() -> ask("a"))));
        second.start();
        Awaitility.await().until(() -> second.getState() == Thread.State.WAITING);
        go.countDown();

        assertThat(first)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(Error.class);
        second.join(10_000);
        assertThat(heard.get()).hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(CompletableFuture.supplyAsync(() -> ask("a"))).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("are waited for while the first is being made, and made once")
    void areMadeOnce() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(5);
        List<Future<Integer>> all = new ArrayList<>();
        all.add(pool.submit(() -> answers.firstOr("a", "", () -> {
            making.countDown();
            await(go);
            return made.incrementAndGet();
        })));
        await(making);
        for (int i = 0; i < 4; i++) {
            all.add(pool.submit(() -> ask("a")));
        }
        go.countDown();
        for (Future<Integer> answer : all) {
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        }
        pool.shutdown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
