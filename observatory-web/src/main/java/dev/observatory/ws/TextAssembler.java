package dev.observatory.ws;

import dev.observatory.hub.Inbound;
import java.nio.charset.StandardCharsets;

/**
 * Puts a message together from its parts and stops keeping them where it gets too large. Confined to the one thread at
 * a time in which the server calls for a session.
 */
final class TextAssembler {

    /** What comes beyond this multiple of the limit is not thrown away any more: the connection is. */
    private static final int FLOOD_FACTOR = 16;

    private final Inbound inbound;
    private final int maxBytes;
    private final StringBuilder message = new StringBuilder();
    private long bytes;
    private boolean flooded;

    TextAssembler(Inbound inbound) {
        this.inbound = inbound;
        this.maxBytes = inbound.maxBytes();
    }

    void text(String part, boolean last) {
        take(part.getBytes(StandardCharsets.UTF_8).length);
        if (bytes <= maxBytes) {
            message.append(part);
        }
        if (last) {
            boolean complete = bytes <= maxBytes;
            String text = message.toString();
            reset();
            if (complete) {
                inbound.text(text);
            }
        }
    }

    void binary(int size, boolean last) {
        take(size);
        if (last) {
            boolean small = bytes <= maxBytes;
            reset();
            if (small) {
                inbound.binary();
            }
        }
    }

    private void take(int size) {
        boolean fitted = bytes <= maxBytes;
        bytes += size;
        if (fitted && bytes > maxBytes) {
            forget();
            inbound.tooLarge();
        }
        if (bytes > (long) maxBytes * FLOOD_FACTOR && !flooded) {
            flooded = true;
            inbound.flooded();
        }
    }

    private void reset() {
        forget();
        bytes = 0;
    }

    /** Gives the memory back, too: a connection lives long after its one large command. */
    private void forget() {
        message.setLength(0);
        message.trimToSize();
    }
}
