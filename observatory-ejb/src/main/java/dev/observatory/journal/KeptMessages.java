package dev.observatory.journal;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * The messages for those who come later, until they expire. Of more than so many bytes those go that are the oldest of
 * the channel that has most: a flood costs itself, and nobody who is told little. What had to go so is remembered. There
 * may be very many messages, so nothing here looks at all of them. The journal's lock guards it, but for {@link #get}.
 */
final class KeptMessages {

    private static final Comparator<Message> FIRST_TO_EXPIRE =
            Comparator.comparing(Message::expiresAt).thenComparing(Message::pos);

    private final long maxBytes;
    private final Consumer<Message> gone;

    /** By pos. Concurrent because of {@link #get}. */
    private final NavigableMap<Long, Message> messages = new ConcurrentSkipListMap<>();

    private final NavigableSet<Message> byExpiry = new TreeSet<>(FIRST_TO_EXPIRE);

    /** By pos, each address by itself: one address has the same askers for all of its messages. */
    private final Map<Address, NavigableMap<Long, Message>> byAddress = new HashMap<>();

    private final Map<Channel, KeptChannel> channels = new HashMap<>();

    /** The same; the one with most is the last. */
    private final NavigableSet<KeptChannel> bySize = new TreeSet<>(KeptChannel.BY_SIZE);

    private final OustedMessages oustedMessages = new OustedMessages();

    /** Those that could not be written to the store yet, by pos. */
    private final Map<Long, EncodedDraft> unwritten = new LinkedHashMap<>();

    /** The ids of drafts that had to go before they expired, and have yet to go from the store, where they stand. */
    private final List<String> oustedDrafts = new ArrayList<>();

    /** Whether there is a store, which has been and will be written to. */
    private boolean hasStore = true;

    private long bytes;
    private long oustedEver;
    private Instant oustedAt;

    /** @param gone hears of each message that is not kept any more */
    KeptMessages(long maxBytes, Consumer<Message> gone) {
        this.maxBytes = maxBytes;
        this.gone = gone;
    }

    /**
     * Keeps a message, which is newer than all before it; but not one that alone is too much.
     *
     * @param draft what still has to be written to the store, null when it has been
     */
    void add(Message message, EncodedDraft draft) {
        Instant now = message.timestamp();
        expire(now);
        put(message);
        if (draft != null && hasStore) {
            unwritten.put(message.pos(), draft);
        }
        if (message.size() > maxBytes) {
            oust(message, now);
        }
        while (bytes > maxBytes) {
            oust(bySize.last().oldest(), now);
        }
    }

    /** Goes on with what was kept before, which has been written, and with what had to go. */
    void restore(Collection<Message> kept, Map<Address, List<Ousted>> ousted) {
        kept.forEach(this::put);
        oustedMessages.restore(ousted);
    }

    private void put(Message message) {
        messages.put(message.pos(), message);
        byExpiry.add(message);
        byAddress.computeIfAbsent(Address.of(message), a -> new TreeMap<>()).put(message.pos(), message);
        change(message.channel(), channel -> channel.add(message));
        bytes += message.size();
    }

    private void oust(Message message, Instant now) {
        boolean isWritten = hasStore && !unwritten.containsKey(message.pos());
        KeptChannel rest = remove(message);
        oustedMessages.add(message, rest, now);
        if (isWritten) {
            oustedDrafts.add(message.draftId());
        }
        oustedEver++;
        oustedAt = now;
    }

    private KeptChannel change(Channel name, Consumer<KeptChannel> change) {
        KeptChannel channel = channels.computeIfAbsent(name, KeptChannel::new);
        bySize.remove(channel);
        change.accept(channel);
        if (channel.isEmpty()) {
            channels.remove(name);
        } else {
            bySize.add(channel);
        }
        return channel;
    }

    /** @return what is left of its channel */
    private KeptChannel remove(Message message) {
        messages.remove(message.pos());
        byExpiry.remove(message);
        byAddress.computeIfPresent(Address.of(message), (address, siblings) -> {
            siblings.remove(message.pos());
            return siblings.isEmpty() ? null : siblings;
        });
        unwritten.remove(message.pos());
        bytes -= message.size();
        gone.accept(message);
        return change(message.channel(), channel -> channel.remove(message));
    }

    /** Lets go of those that have expired. They are in no answer in any case. */
    void expire(Instant now) {
        while (!byExpiry.isEmpty() && isOver(byExpiry.first(), now)) {
            remove(byExpiry.first());
        }
    }

    private static boolean isOver(Message message, Instant now) {
        return !message.expiresAt().isAfter(now);
    }

    Map<Long, EncodedDraft> unwritten() {
        return new LinkedHashMap<>(unwritten);
    }

    /** A draft of those has been written. What is not kept any more has to go again. */
    void written(long pos, EncodedDraft draft) {
        if (unwritten.remove(pos) == null && hasStore) {
            oustedDrafts.add(draft.id());
        }
    }

    /** The store is another's: nothing is written to it any more, and nothing taken from it. */
    void leaveStore() {
        hasStore = false;
        unwritten.clear();
        oustedDrafts.clear();
    }

    /** The ids of drafts that had to go since this was asked for. */
    List<String> takeOusted(Instant now) {
        expire(now);
        List<String> taken = List.copyOf(oustedDrafts);
        oustedDrafts.clear();
        return taken;
    }

    /** How many had to go before they expired, ever. */
    long oustedEver() {
        return oustedEver;
    }

    /** When one had to go last; null when none had. */
    Instant oustedAt() {
        return oustedAt;
    }

    /** Null when it is not kept, or has expired. May be asked without the lock. */
    Message get(long pos, Instant now) {
        Message message = messages.get(pos);
        return message == null || isOver(message, now) ? null : message;
    }

    /** Whether there is one with that pos, be it that it has just expired. */
    boolean has(long pos) {
        return messages.containsKey(pos);
    }

    /** Those behind a pos and up to another, by pos, also those that have just expired. */
    List<Numbered> between(long after, long upTo) {
        return after >= upTo
                ? List.of()
                : numbered(messages.subMap(after, false, upTo, true).values());
    }

    /** Those of a home channel up to a pos, by pos, also those that have just expired. */
    List<Numbered> upTo(long pos, Channel channel) {
        KeptChannel known = channels.get(channel);
        return known == null || known.oldest().pos() > pos ? List.of() : numbered(known.upTo(pos));
    }

    private static List<Numbered> numbered(Collection<Message> messages) {
        return messages.stream().map(Numbered::of).toList();
    }

    /** For whom there are or were messages. */
    Set<Address> addresses() {
        Set<Address> addresses = new HashSet<>(byAddress.keySet());
        addresses.addAll(oustedMessages.addresses());
        return addresses;
    }

    /** What had to go to these addresses and would not have expired, by channel and number. */
    List<Ousted> ousted(Collection<Address> addresses, Instant now) {
        return oustedMessages.list(addresses, now);
    }

    Map<Address, List<Ousted>> ousted(Instant now) {
        return oustedMessages.all(now);
    }

    /** Those to these addresses that have not expired, by pos. */
    List<Message> list(Collection<Address> addresses, Instant now) {
        return addresses.stream()
                .flatMap(address -> byAddress.getOrDefault(address, new TreeMap<>()).values().stream())
                .filter(message -> !isOver(message, now))
                .sorted(Comparator.comparing(Message::pos))
                .toList();
    }

    /** All that have not expired, by pos. */
    List<Message> list(Instant now) {
        return messages.values().stream()
                .filter(message -> !isOver(message, now))
                .toList();
    }
}
