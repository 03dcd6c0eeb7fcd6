package dev.observatory.wire;

import dev.observatory.protocol.CommandRefusal;

/** Ends the reading of a command from any depth; it never leaves this package. */
final class InvalidCommand extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient CommandRefusal refusal;

    InvalidCommand(CommandRefusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    CommandRefusal refusal() {
        return refusal;
    }
}
