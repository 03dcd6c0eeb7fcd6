package dev.observatory.conversation;

import dev.observatory.message.Tokens;

/**
 * What one conversation adds to its project. Immutable.
 *
 * @param active whether it is working or waiting
 */
record Share(boolean active, int messages, Tokens tokens, Span span) {

    static final Share NONE = new Share(false, 0, Tokens.NONE, Span.NONE);
}
