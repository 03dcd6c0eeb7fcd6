package dev.observatory.hub;

import dev.observatory.message.Message;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Counts what becomes of one message, over all loops. Thread-safe. */
final class Tally {

    private final CompletableFuture<BroadcastResult> result = new CompletableFuture<>();
    private final Executor listeners;

    /** Guarded by this, as all that follows. */
    private final Set<String> failed = new HashSet<>();

    private Message message;
    private int loopsToCome;
    private int matched;
    private int delivered;
    private int dropped;

    /** @param listeners runs what hangs on the result, so that no foreign code gets onto a loop */
    Tally(int loops, Executor listeners) {
        this.loopsToCome = loops;
        this.listeners = listeners;
    }

    CompletionStage<BroadcastResult> result() {
        return result;
    }

    /** The message has its numbers; said before any loop hears of it. */
    synchronized void numbered(Message numbered) {
        message = numbered;
    }

    /** One loop has found so many recipients and owes a report for each. */
    void matched(int recipients) {
        report(() -> {
            matched += recipients;
            loopsToCome--;
        });
    }

    void delivered() {
        report(() -> delivered++);
    }

    void dropped() {
        report(() -> dropped++);
    }

    void failed(String connectionId) {
        report(() -> failed.add(connectionId));
    }

    private void report(Runnable count) {
        BroadcastResult outcome;
        synchronized (this) {
            count.run();
            if (loopsToCome > 0 || delivered + dropped + failed.size() < matched) {
                return;
            }
            outcome = new BroadcastResult(message.pos(), message.seq(), matched, delivered, dropped, failed);
        }
        try {
            result.completeAsync(() -> outcome, listeners);
        } catch (RejectedExecutionException e) {
            // at shutdown nobody else is left to run it
            result.complete(outcome);
        }
    }
}
