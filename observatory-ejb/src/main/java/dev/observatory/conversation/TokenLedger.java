package dev.observatory.conversation;

import dev.observatory.message.Tokens;
import dev.observatory.transcript.TokenUsage;
import java.util.Arrays;

/**
 * The tokens of a conversation, every API message counted once. Confined to the watch thread.
 *
 * <p>An API message is written as several lines, each with a usage, and the counts of the early ones are unfinished. So
 * of all lines with the same {@code (message.id, requestId)} the one with the highest {@code output_tokens} counts.
 * Lines that lack an id, the request's or both, are taken for lines of one message, too: adding them up would count too
 * much, which is the worse mistake.
 */
final class TokenLedger {

    /** Input, output, cache creation and cache read of a message. */
    private static final int COUNTS = 4;

    private final KeySet messages = new KeySet();
    private long[] counts = {};
    private Tokens total = Tokens.NONE;

    Tokens total() {
        return total;
    }

    void add(String messageId, String requestId, TokenUsage usage) {
        int number = messages.add(Key.ofNames(messageId, requestId));
        boolean known = number < 0;
        int at = COUNTS * (known ? ~number : number);
        if (!known) {
            makeRoom(at + COUNTS);
            replace(at, usage);
        } else if (usage.output() > counts[at + 1]) {
            replace(at, usage);
        }
    }

    private void makeRoom(int needed) {
        if (counts.length < needed) {
            counts = Arrays.copyOf(counts, Math.max(needed, counts.length + counts.length / 2));
        }
    }

    private void replace(int at, TokenUsage usage) {
        Tokens before = new Tokens(counts[at], counts[at + 1], counts[at + 2], counts[at + 3]);
        counts[at] = usage.input();
        counts[at + 1] = usage.output();
        counts[at + 2] = usage.cacheCreation();
        counts[at + 3] = usage.cacheRead();
        Tokens now = new Tokens(usage.input(), usage.output(), usage.cacheCreation(), usage.cacheRead());
        total = total.minus(before).plus(now);
    }
}
