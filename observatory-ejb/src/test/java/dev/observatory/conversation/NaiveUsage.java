package dev.observatory.conversation;

import dev.observatory.conversation.UsageQuery.Dimension;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.Tokens;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What conversations have used, in memory and added up row by row. */
public final class NaiveUsage {

    private record Row(String conversationId, Usage usage) {}

    private final Map<String, List<Usage>> rows = new HashMap<>();

    public void replace(Map<String, List<Usage>> usage) {
        rows.putAll(usage);
    }

    public List<Usage> of(String conversationId) {
        return rows.getOrDefault(conversationId, List.of());
    }

    public List<UsageTotal> totals(UsageQuery query, Map<String, ConversationUpdate> conversations) {
        Map<List<Object>, List<Row>> groups = new HashMap<>();
        if (query.by().isEmpty()) {
            groups.put(key(query, null, null), new ArrayList<>());
        }
        rows.forEach((id, usages) -> usages.forEach(usage -> {
            ConversationUpdate conversation = conversations.get(id);
            String project = conversation == null ? null : conversation.projectId();
            boolean wanted = (query.projectIds() == null
                            || project != null && query.projectIds().contains(project))
                    && (query.since() == null
                            || usage.day() != null && !usage.day().isBefore(query.since()))
                    && (query.until() == null
                            || usage.day() != null && usage.day().isBefore(query.until()));
            if (wanted) {
                groups.computeIfAbsent(key(query, project, usage), unknown -> new ArrayList<>())
                        .add(new Row(id, usage));
            }
        }));
        return groups.entrySet().stream()
                .map(group -> total(group.getKey(), group.getValue()))
                .toList();
    }

    private static List<Object> key(UsageQuery query, String project, Usage usage) {
        List<Object> key = new ArrayList<>();
        key.add(query.by().contains(Dimension.PROJECT) ? project : null);
        key.add(query.by().contains(Dimension.BRANCH) ? usage.branch() : null);
        key.add(query.by().contains(Dimension.MODEL) ? usage.model() : null);
        key.add(query.by().contains(Dimension.DAY) ? usage.day() : null);
        return key;
    }

    private static UsageTotal total(List<Object> key, List<Row> rows) {
        Tokens tokens = Tokens.NONE;
        BigDecimal cost = null;
        long unpriced = 0;
        for (Row row : rows) {
            Tokens used = row.usage().tokens();
            tokens = tokens.plus(used);
            if (row.usage().costUsd() == null) {
                unpriced += used.input() + used.output() + used.cacheCreation() + used.cacheRead();
            } else {
                cost = (cost == null ? BigDecimal.ZERO : cost).add(row.usage().costUsd());
            }
        }
        return new UsageTotal(
                (String) key.get(0),
                (String) key.get(1),
                (String) key.get(2),
                (LocalDate) key.get(3),
                rows.stream().map(Row::conversationId).distinct().count(),
                tokens,
                UsDollars.rounded(cost),
                unpriced);
    }
}
