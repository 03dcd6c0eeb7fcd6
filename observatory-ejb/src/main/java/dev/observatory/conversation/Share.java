package dev.observatory.conversation;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.Tokens;
import java.math.BigDecimal;

/**
 * What one conversation adds to its project. Immutable.
 *
 * @param active whether it is working or waiting
 * @param cost as the conversation shows it, in US dollars; null where it is unknown
 */
record Share(boolean active, int messages, Tokens tokens, BigDecimal cost, Span span) {

    static final Share NONE = new Share(false, 0, Tokens.NONE, null, Span.NONE);

    /**
     * What a conversation adds that looks like this. What is shown is added up, not what it was rounded from: that is
     * not known of dormant ones, and so the figures of a project are those of its conversations together.
     */
    static Share of(ConversationUpdate state) {
        boolean active = state.state() == ConversationState.WORKING || state.state() == ConversationState.WAITING;
        return new Share(
                active,
                state.messageCount(),
                state.tokens(),
                state.costUsd(),
                new Span(state.createdAt(), state.updatedAt()));
    }
}
