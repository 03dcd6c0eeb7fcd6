package dev.observatory.store;

import dev.observatory.conversation.Usage;
import dev.observatory.conversation.UsageQuery;
import dev.observatory.conversation.UsageQuery.Dimension;
import dev.observatory.conversation.UsageTotal;
import dev.observatory.message.Tokens;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The table of what conversations have used, by one connection. Confined to the thread that holds it. */
final class UsageRows {

    private static final Map<Dimension, String> COLUMNS = new EnumMap<>(Map.of(
            Dimension.PROJECT, "c.project_id",
            Dimension.BRANCH, "u.branch",
            Dimension.MODEL, "u.model",
            Dimension.DAY, "u.used_on"));

    private static final String SUMS = "count(distinct u.conversation_id) as conversations,"
            + " coalesce(sum(u.tokens_input), 0) as tokens_input,"
            + " coalesce(sum(u.tokens_output), 0) as tokens_output,"
            + " coalesce(sum(u.tokens_cache_creation), 0) as tokens_cache_creation,"
            + " coalesce(sum(u.tokens_cache_read), 0) as tokens_cache_read,"
            + " sum(u.cost_usd) as cost_usd,"
            + " coalesce(sum(case when u.cost_usd is null then u.tokens_input + u.tokens_output"
            + " + u.tokens_cache_creation + u.tokens_cache_read end), 0) as unpriced_tokens";

    private final Handle handle;

    UsageRows(Handle handle) {
        this.handle = handle;
    }

    void replace(Map<String, List<Usage>> usage) {
        if (usage.isEmpty()) {
            return;
        }
        try (PreparedBatch delete =
                handle.prepareBatch("delete from token_usage where conversation_id = :conversation")) {
            usage.keySet()
                    .forEach(conversation -> delete.bind("conversation", StoredText.of(conversation))
                            .add());
            delete.execute();
        }
        String insert = "insert into token_usage (conversation_id, agent_id, model, branch, used_on, tokens_input,"
                + " tokens_output, tokens_cache_creation, tokens_cache_read, cost_usd) values (:conversation, :agent,"
                + " :model, :branch, :day, :input, :output, :cacheCreation, :cacheRead, :cost)";
        try (PreparedBatch batch = handle.prepareBatch(insert)) {
            usage.forEach((conversation, rows) -> rows.forEach(row -> add(batch, conversation, row)));
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    private static void add(PreparedBatch batch, String conversation, Usage row) {
        batch.bind("conversation", StoredText.of(conversation))
                .bind("agent", StoredText.of(row.agentId()))
                .bind("model", StoredText.of(row.model()))
                .bind("branch", StoredText.of(row.branch()))
                .bind("day", StoredTime.dayOf(row.day()))
                .bind("input", row.tokens().input())
                .bind("output", row.tokens().output())
                .bind("cacheCreation", row.tokens().cacheCreation())
                .bind("cacheRead", row.tokens().cacheRead())
                .bind("cost", row.costUsd())
                .add();
    }

    List<UsageTotal> totals(UsageQuery query) {
        String columns = query.by().stream().map(COLUMNS::get).collect(Collectors.joining(", "));
        String sql = "select " + SUMS + (columns.isEmpty() ? "" : ", " + columns)
                + " from token_usage u left join conversation c on c.id = u.conversation_id where 1 = 1"
                + (query.projectIds() == null ? "" : " and c.project_id = any(:projects)")
                + (query.since() == null ? "" : " and u.used_on >= :since")
                + (query.until() == null ? "" : " and u.used_on < :until")
                + (columns.isEmpty() ? "" : " group by " + columns);
        Query select = handle.createQuery(sql);
        if (query.projectIds() != null) {
            // one parameter: of those a statement has a limit, and a list in brackets may not be empty. H2 takes 65,536
            // ids
            select.registerArrayType(String.class, "varchar")
                    .bindArray(
                            "projects",
                            String.class,
                            query.projectIds().stream().map(StoredText::of).toList());
        }
        if (query.since() != null) {
            select.bind("since", query.since());
        }
        if (query.until() != null) {
            select.bind("until", query.until());
        }
        return select.map((row, context) -> total(row, query)).list();
    }

    private static UsageTotal total(ResultSet row, UsageQuery query) throws SQLException {
        BigDecimal cost = row.getBigDecimal("cost_usd");
        return new UsageTotal(
                query.by().contains(Dimension.PROJECT) ? StoredText.read(row.getString("project_id")) : null,
                query.by().contains(Dimension.BRANCH) ? StoredText.read(row.getString("branch")) : null,
                query.by().contains(Dimension.MODEL) ? StoredText.read(row.getString("model")) : null,
                query.by().contains(Dimension.DAY) ? row.getObject("used_on", LocalDate.class) : null,
                row.getLong("conversations"),
                new Tokens(
                        row.getLong("tokens_input"),
                        row.getLong("tokens_output"),
                        row.getLong("tokens_cache_creation"),
                        row.getLong("tokens_cache_read")),
                cost == null ? null : plain(cost),
                row.getLong("unpriced_tokens"));
    }

    /** Without the zeros that the column's scale adds. */
    private static BigDecimal plain(BigDecimal cost) {
        BigDecimal stripped = cost.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
