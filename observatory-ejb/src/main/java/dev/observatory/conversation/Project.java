package dev.observatory.conversation;

import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.Tokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** One project: the sum of its conversations. Confined to the watch thread. */
final class Project {

    private final ProjectPath path;
    private final Map<String, Share> shares = new HashMap<>();

    private int active;
    private int messages;
    private Tokens tokens = Tokens.NONE;
    private final KnownCosts costs = new KnownCosts();
    private Span span = Span.NONE;

    /** The newest state, null before the first. */
    private ProjectUpdate latest;

    /** What was last told, null before the first time. */
    private ProjectUpdate told;

    Project(ProjectPath path) {
        this.path = path;
    }

    /** One that the store remembers; what is kept counts as told. Its conversations have to be added. */
    Project(ProjectUpdate kept) {
        path = new ProjectPath(kept.path(), kept.pathIsGuess(), kept.id());
        latest = kept;
        told = kept;
    }

    ProjectPath path() {
        return path;
    }

    boolean isEmpty() {
        return shares.isEmpty();
    }

    /** Adds a conversation, or replaces what it added before. */
    void put(String conversationId, Share share) {
        Share before = shares.put(conversationId, share);
        replace(before == null ? Share.NONE : before, share);
        span = span.with(share.span());
    }

    void remove(String conversationId) {
        replace(shares.remove(conversationId), Share.NONE);
        span = shares.values().stream().map(Share::span).reduce(Span.NONE, Span::with);
    }

    private void replace(Share before, Share share) {
        active += (share.active() ? 1 : 0) - (before.active() ? 1 : 0);
        messages += share.messages() - before.messages();
        tokens = tokens.minus(before.tokens()).plus(share.tokens());
        costs.remove(before.cost());
        costs.add(share.cost());
    }

    /**
     * Makes a new state if anything has changed.
     *
     * @return whether it has
     */
    boolean refresh(Instant now) {
        if (latest != null && state(latest.updatedAt(), latest.version()).equals(latest)) {
            return false;
        }
        latest = state(now, latest == null ? 1 : latest.version() + 1);
        return true;
    }

    private ProjectUpdate state(Instant updatedAt, long version) {
        return new ProjectUpdate(
                path.id(),
                path.name(),
                path.path(),
                path.guess(),
                shares.size(),
                active,
                messages,
                tokens,
                UsDollars.rounded(costs.sum()),
                span.last(),
                span.first(),
                updatedAt,
                version);
    }

    /** The newest state, null before the first {@link #refresh}. */
    ProjectUpdate latest() {
        return latest;
    }

    boolean begun() {
        return told != null;
    }

    /** Whether there is more to tell than that something happened, which the conversations tell anyway. */
    boolean isWorthTelling() {
        if (told == null) {
            return !isEmpty();
        }
        return told.conversationCount() != latest.conversationCount()
                || told.activeConversations() != latest.activeConversations()
                || told.messageCount() != latest.messageCount()
                || !told.tokens().equals(latest.tokens())
                || !Objects.equals(told.costUsd(), latest.costUsd());
    }

    /** Lets the newest state count as told. */
    ProjectUpdate tell() {
        told = latest;
        return latest;
    }
}
