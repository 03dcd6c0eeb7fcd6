package dev.observatory.rest;

import dev.observatory.message.ConversationUpdate;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The order of a list of conversations: by one figure, then by id, so that it is the same each time. Immutable. */
final class ConversationOrder implements Comparator<ConversationUpdate> {

    /** How each order turns a conversation into text that sorts as its figure does; what is missing comes first. */
    private static final Map<String, Function<ConversationUpdate, String>> KEYS = Map.of(
            "updated_at", conversation -> time(conversation.updatedAt()),
            "created_at", conversation -> time(conversation.createdAt()),
            "message_count", conversation -> String.format(Locale.ROOT, "%010d", conversation.messageCount()),
            "title",
                    conversation -> conversation.title() == null
                            ? ""
                            : conversation.title().toLowerCase(Locale.ROOT));

    private final Function<ConversationUpdate, String> key;
    private final boolean descending;

    private ConversationOrder(Function<ConversationUpdate, String> key, boolean descending) {
        this.key = key;
        this.descending = descending;
    }

    /** @param text the name of a figure, with a minus in front for the highest first */
    static ConversationOrder parse(String text) {
        boolean descending = text.startsWith("-");
        Function<ConversationUpdate, String> key = KEYS.get(descending ? text.substring(1) : text);
        if (key == null) {
            throw new InvalidParameterException(
                    "sort", "sort is one of updated_at, created_at, message_count and title, or one with a minus");
        }
        return new ConversationOrder(key, descending);
    }

    @Override
    public int compare(ConversationUpdate one, ConversationUpdate other) {
        return at(one).compareTo(at(other)) * (descending ? -1 : 1);
    }

    /** Whether a conversation comes behind a place in this order. */
    boolean isBehind(ConversationUpdate conversation, Place place) {
        return at(conversation).compareTo(place) * (descending ? -1 : 1) > 0;
    }

    Place at(ConversationUpdate conversation) {
        return new Place(key.apply(conversation), conversation.id());
    }

    private static String time(Instant instant) {
        return instant == null ? "" : String.format(Locale.ROOT, "%020d", instant.toEpochMilli() + (1L << 60));
    }

    /** A place in the order, also of a conversation that has moved away from it. */
    record Place(String key, String id) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byKey = key.compareTo(other.key);
            return byKey == 0 ? id.compareTo(other.id) : byKey;
        }
    }
}
