package dev.observatory.rest;

import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.FullRecordReader;
import dev.observatory.conversation.LineMark;
import dev.observatory.conversation.LineOrder;
import java.util.List;
import java.util.Set;

/**
 * Which records of a conversation are wanted. Immutable.
 *
 * @param agent {@value #MAIN} for the session's own, an agent's id, or null for all
 * @param kinds empty for all
 * @param behind the last record that the client has, null for none
 * @param raw whether the lines themselves are wanted, too
 */
record RecordQuery(String agent, Set<String> kinds, int limit, LineMark behind, LineOrder order, boolean raw) {

    static final int MAX_LIMIT = 500;

    private static final String MAIN = "main";

    RecordQuery {
        kinds = Set.copyOf(kinds);
    }

    static RecordQuery parse(String agent, String kind, String limit, String cursor, String order, String raw) {
        return new RecordQuery(
                agent,
                kinds(kind),
                Parameter.limit(limit, MAX_LIMIT),
                cursor == null ? null : RecordCursor.parse(cursor),
                order(order),
                raw(raw));
    }

    boolean wants(FilePlace file) {
        if (agent == null) {
            return true;
        }
        String agentId = FullRecordReader.agentOf(file);
        return agent.equals(agentId == null ? MAIN : agentId);
    }

    boolean wants(String kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }

    private static Set<String> kinds(String text) {
        Set<String> kinds = text == null ? Set.of() : Set.copyOf(List.of(text.split(",", -1)));
        if (kinds.contains("")) {
            throw new InvalidParameterException("kind", "kind is one kind of record, or several with commas between");
        }
        return kinds;
    }

    private static LineOrder order(String text) {
        return switch (text) {
            case "oldest" -> LineOrder.OLDEST_FIRST;
            case "newest" -> LineOrder.NEWEST_FIRST;
            default -> throw new InvalidParameterException("order", "order is oldest or newest, which comes first");
        };
    }

    private static boolean raw(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidParameterException("raw", "raw is true or false");
        };
    }
}
