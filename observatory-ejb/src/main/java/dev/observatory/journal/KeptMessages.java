package dev.observatory.journal;

import dev.observatory.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The messages for those who come later, until they expire; of more than so many bytes the oldest go. There may be very
 * many, so nothing here looks at all of them. The journal's lock guards it, but for {@link #get}.
 */
final class KeptMessages {

    private static final Comparator<Message> FIRST_TO_EXPIRE =
            Comparator.comparing(Message::expiresAt).thenComparing(Message::pos);

    private final long maxBytes;

    /** By pos. Concurrent because of {@link #get}. */
    private final NavigableMap<Long, Message> messages = new ConcurrentSkipListMap<>();

    private final NavigableSet<Message> byExpiry = new TreeSet<>(FIRST_TO_EXPIRE);

    /** By pos, each address by itself: one address has the same askers for all of its messages. */
    private final Map<Address, NavigableMap<Long, Message>> byAddress = new HashMap<>();

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
        restore(message);
        while (bytes > maxBytes) {
            oust(messages.firstEntry().getValue());
        }
    }

    /** Keeps a message from before, which has been written. */
    void restore(Message message) {
        messages.put(message.pos(), message);
        byExpiry.add(message);
        byAddress.computeIfAbsent(addressOf(message), a -> new TreeMap<>()).put(message.pos(), message);
        bytes += message.size();
    }

    private static Address addressOf(Message message) {
        return new Address(message.channel(), message.views());
    }

    private void oust(Message oldest) {
        remove(oldest);
        ousted.add(oldest.draftId());
        oustedEver++;
    }

    private void remove(Message gone) {
        messages.remove(gone.pos());
        byExpiry.remove(gone);
        byAddress.computeIfPresent(addressOf(gone), (address, siblings) -> {
            siblings.remove(gone.pos());
            return siblings.isEmpty() ? null : siblings;
        });
        unwritten.remove(gone.pos());
        bytes -= gone.size();
    }

    private void expire(Instant now) {
        while (!byExpiry.isEmpty() && isOver(byExpiry.first(), now)) {
            remove(byExpiry.first());
        }
    }

    private static boolean isOver(Message message, Instant now) {
        return !message.expiresAt().isAfter(now);
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

    /** Null when it is not kept, or has expired. May be asked without the lock. */
    Message get(long pos, Instant now) {
        Message message = messages.get(pos);
        return message == null || isOver(message, now) ? null : message;
    }

    /** Where messages are kept for. */
    List<Address> addresses() {
        return List.copyOf(byAddress.keySet());
    }

    /** Those to these addresses that have not expired, by pos. */
    List<Message> list(Collection<Address> addresses, Instant now) {
        expire(now);
        List<Message> found = new ArrayList<>();
        addresses.forEach(address ->
                found.addAll(byAddress.getOrDefault(address, new TreeMap<>()).values()));
        found.sort(Comparator.comparing(Message::pos));
        return List.copyOf(found);
    }

    /** All that have not expired, by pos. */
    List<Message> list(Instant now) {
        expire(now);
        return List.copyOf(messages.values());
    }
}
