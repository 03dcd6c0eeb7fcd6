package dev.observatory.journal;

import dev.observatory.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages for those who come later, until they expire; of more than so many bytes the oldest go. Not thread-safe:
 * the journal's lock guards it.
 */
final class KeptMessages {

    private final long maxBytes;

    /** By pos, rising. */
    private final Map<Long, Message> messages = new LinkedHashMap<>();

    /** Those that could not be written to the store yet, by pos. */
    private final Map<Long, EncodedDraft> unwritten = new LinkedHashMap<>();

    /** The ids of drafts that had to go before they expired, and have yet to go from the store. */
    private final List<String> ousted = new ArrayList<>();

    private long bytes;
    private long oustedEver;

    KeptMessages(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Keeps a message, which is newer than all before it. */
    void add(Message message) {
        expire(message.timestamp());
        messages.put(message.pos(), message);
        bytes += message.size();
        while (bytes > maxBytes) {
            oust(messages.values().iterator().next());
        }
    }

    /** Keeps a message from before, which has been written. */
    void restore(Message message) {
        messages.put(message.pos(), message);
        bytes += message.size();
    }

    private void oust(Message oldest) {
        remove(oldest);
        ousted.add(oldest.draftId());
        oustedEver++;
    }

    private void remove(Message gone) {
        messages.remove(gone.pos());
        unwritten.remove(gone.pos());
        bytes -= gone.size();
    }

    private void expire(Instant now) {
        List<Message> expired = messages.values().stream()
                .filter(message -> !message.expiresAt().isAfter(now))
                .toList();
        expired.forEach(this::remove);
    }

    /** Remembers that a message still has to be written, unless it is gone already. */
    void mustBeWritten(long pos, EncodedDraft draft) {
        if (messages.containsKey(pos)) {
            unwritten.put(pos, draft);
        }
    }

    Map<Long, EncodedDraft> unwritten() {
        return new LinkedHashMap<>(unwritten);
    }

    void written(long pos) {
        unwritten.remove(pos);
    }

    /** The ids of drafts that had to go since this was asked for. */
    List<String> takeOusted() {
        List<String> taken = List.copyOf(ousted);
        ousted.clear();
        return taken;
    }

    /** How many had to go before they expired, ever. */
    long oustedEver() {
        return oustedEver;
    }

    /** Null when it is not kept. */
    Message get(long pos) {
        return messages.get(pos);
    }

    /** Those that have not expired, by pos. */
    List<Message> list(Instant now) {
        expire(now);
        return List.copyOf(messages.values());
    }
}
