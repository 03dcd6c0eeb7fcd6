package dev.observatory.protocol;

import java.time.Duration;
import java.util.Locale;

/**
 * Why the server ends a connection. Codes from 4000 to 4499 mean "come back", from 4500 to 4999 "do not".
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-7.4">RFC 6455, section 7.4</a>
 */
public enum CloseCode {
    NORMAL(1000),
    TOO_BIG(1009),
    INTERNAL_ERROR(1011),
    SHUTDOWN(4000),
    TOKEN_EXPIRED(4001),
    SLOW_CONSUMER(4002),
    NO_PONG(4003),
    /** The rights of its user do not allow it any more. */
    FORBIDDEN(4501),
    CONNECTION_LIMIT(4502),
    /** By an operator. */
    KICKED(4503),
    PROTOCOL_ERRORS(4504);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The reason text. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason text for a client that is told when to come back. */
    public String reason(Duration retryAfter) {
        return reason() + " retry_after_ms=" + retryAfter.toMillis();
    }
}
