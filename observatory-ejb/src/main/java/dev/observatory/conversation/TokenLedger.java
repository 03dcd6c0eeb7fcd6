package dev.observatory.conversation;

import dev.observatory.message.Tokens;
import dev.observatory.pricing.PriceTable;
import dev.observatory.transcript.TokenUsage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of a conversation and their cost, every API message counted once. Confined to the watch thread.
 *
 * <p>An API message is written as several lines, each with a usage, and the counts of the early ones are unfinished. So
 * of all lines with the same {@code (message.id, requestId)} the one with the highest {@code output_tokens} counts.
 * Lines that lack an id, the request's or both, are taken for lines of one message, too: adding them up would count too
 * much, which is the worse mistake.
 */
final class TokenLedger {

    /** Input, output, cache creation, cache read and cache creation for an hour of a message. */
    private static final int COUNTS = 5;

    /** Most sums that are kept apart; further branches, days and agents are added up together, by model. */
    static final int MAX_SUMS = 1000;

    private final PriceTable prices;
    private final KeySet messages = new KeySet();
    private long[] counts = {};

    /** For each message the number of its sum. */
    private int[] sums = {};

    private final Map<UsageSum.Kind, Integer> numbers = new HashMap<>();
    private final List<UsageSum> usages = new ArrayList<>(0);
    private boolean changed;

    TokenLedger(PriceTable prices) {
        this.prices = prices;
    }

    Tokens total() {
        TokenUsage sum = usages.stream().map(UsageSum::sum).reduce(TokenUsage.NONE, TokenUsage::plus);
        return new Tokens(sum.input(), sum.output(), sum.cacheCreation(), sum.cacheRead());
    }

    /**
     * The exact cost in US dollars of all of it, or none at all: a sum without the models whose price is unknown would
     * look like the whole, and nobody would know how much is missing.
     *
     * @return null when no token was used, or one of a model whose price is unknown
     */
    BigDecimal cost() {
        BigDecimal sum = null;
        for (UsageSum usage : usages) {
            if (!usage.isEmpty()) {
                BigDecimal cost = usage.cost();
                if (cost == null) {
                    return null;
                }
                sum = sum == null ? cost : sum.add(cost);
            }
        }
        return sum;
    }

    /** All of it, in the order in which its kinds were first used. */
    List<Usage> usage() {
        return usages.stream()
                .filter(usage -> !usage.isEmpty())
                .map(UsageSum::toUsage)
                .toList();
    }

    /**
     * Asks for changes, once.
     *
     * @return whether there were any
     */
    boolean takeChange() {
        boolean had = changed;
        changed = false;
        return had;
    }

    void add(String messageId, String requestId, UsageSum.Kind kind, TokenUsage usage) {
        int number = messages.add(Key.ofNames(messageId, requestId));
        if (number >= 0) {
            makeRoom(number);
            enter(number, kind, usage);
        } else if (usage.output() > entered(~number).output()) {
            usages.get(sums[~number]).remove(entered(~number));
            enter(~number, kind, usage);
        }
    }

    private void makeRoom(int number) {
        if (sums.length <= number) {
            int capacity = number + 1 + number / 2;
            sums = Arrays.copyOf(sums, capacity);
            counts = Arrays.copyOf(counts, COUNTS * capacity);
        }
    }

    private TokenUsage entered(int number) {
        int at = COUNTS * number;
        return new TokenUsage(counts[at], counts[at + 1], counts[at + 2], counts[at + 3], counts[at + 4]);
    }

    private void enter(int number, UsageSum.Kind kind, TokenUsage usage) {
        int at = COUNTS * number;
        counts[at] = usage.input();
        counts[at + 1] = usage.output();
        counts[at + 2] = usage.cacheCreation();
        counts[at + 3] = usage.cacheRead();
        counts[at + 4] = usage.hourCacheCreation();
        sums[number] = numberOf(kind);
        usages.get(sums[number]).add(usage);
        changed = true;
    }

    private int numberOf(UsageSum.Kind kind) {
        Integer known = numbers.get(kind);
        if (known == null) {
            UsageSum.Kind kept = usages.size() < MAX_SUMS ? kind : kind.widened();
            known = numbers.computeIfAbsent(kept, this::open);
        }
        return known;
    }

    private int open(UsageSum.Kind kind) {
        usages.add(new UsageSum(kind, prices.priceOf(kind.model()).orElse(null)));
        return usages.size() - 1;
    }
}
