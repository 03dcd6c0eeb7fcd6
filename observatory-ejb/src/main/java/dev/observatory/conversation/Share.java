package dev.observatory.conversation;

import dev.observatory.message.Tokens;
import java.math.BigDecimal;

/**
 * What one conversation adds to its project. Immutable.
 *
 * @param active whether it is working or waiting
 * @param cost exact, in US dollars; null where it is unknown
 */
record Share(boolean active, int messages, Tokens tokens, BigDecimal cost, Span span) {

    static final Share NONE = new Share(false, 0, Tokens.NONE, null, Span.NONE);
}
