package dev.observatory.rest;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The answers of the last while by key: who asks again gets the first answer, also when it is still being made. The
 * oldest are forgotten first when there are too many. Thread-safe.
 */
final class RecentAnswers<A> {

    private final long nanos;
    private final int max;
    private final LongSupplier clock;

    /** The oldest first. Guarded by this. */
    private final Map<String, Kept<A>> answers = new LinkedHashMap<>();

    /** @param clock gives {@link System#nanoTime} values */
    RecentAnswers(Duration time, int max, LongSupplier clock) {
        this.nanos = time.toNanos();
        this.max = max;
        this.clock = clock;
    }

    private record Kept<A>(String content, CompletableFuture<A> answer, long since) {}

    /** Whether that key is remembered for something else. */
    synchronized boolean isTaken(String key, String content) {
        Kept<A> first = answers.get(key);
        return first != null && !first.content().equals(content) && clock.getAsLong() - first.since() < nanos;
    }

    /**
     * The answer of that key: the one that is remembered, or else the one that is made now. A failure is no answer.
     *
     * @param content tells what is asked for from anything else
     * @throws ClientErrorException when the key is remembered for something else, 409
     */
    A firstOr(String key, String content, Supplier<A> making) {
        Kept<A> mine = new Kept<>(content, new CompletableFuture<>(), clock.getAsLong());
        Kept<A> first = remember(key, mine);
        if (first != mine) {
            if (!first.content().equals(content)) {
                throw taken();
            }
            return join(first.answer());
        }
        try {
            A answer = making.get();
            mine.answer().complete(answer);
            return answer;
        } catch (Throwable e) {
            // an error as well: whoever waited for an answer that never comes would do so for good
            forget(key, mine);
            mine.answer().completeExceptionally(e);
            throw e;
        }
    }

    /** The refusal of a key that was used for something else. */
    static ClientErrorException taken() {
        return new ClientErrorException("that idempotency key was used for something else", Response.Status.CONFLICT);
    }

    private synchronized Kept<A> remember(String key, Kept<A> mine) {
        Iterator<Kept<A>> oldest = answers.values().iterator();
        while (oldest.hasNext() && mine.since() - oldest.next().since() >= nanos) {
            oldest.remove();
        }
        Kept<A> first = answers.putIfAbsent(key, mine);
        if (answers.size() > max) {
            answers.remove(answers.keySet().iterator().next());
        }
        return first == null ? mine : first;
    }

    private synchronized void forget(String key, Kept<A> mine) {
        answers.remove(key, mine);
    }

    private static <A> A join(CompletableFuture<A> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
