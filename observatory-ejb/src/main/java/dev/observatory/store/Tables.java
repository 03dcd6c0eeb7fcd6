package dev.observatory.store;

import dev.observatory.conversation.FilePlace;
import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.Tokens;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Which part of a value stands in which column. */
final class Tables {

    /** Decimals of a cost; finer ones are rounded. */
    static final int MAX_COST_SCALE = 20;

    static final Table<ProjectUpdate> PROJECT =
            new Table<>("project", "id", true, projectColumns(), (row, context) -> project(row));

    static final Table<ConversationUpdate> CONVERSATION =
            new Table<>("conversation", "id", true, conversationColumns(), (row, context) -> conversation(row));

    static final Table<FilePlace> FILE = new Table<>("file", "id", false, fileColumns(), (row, context) -> file(row));

    private Tables() {}

    /** The same for the same root and path, and short, which they are not. */
    static UUID idOf(FilePlace place) {
        String name = StoredText.of(place.root() + '\0' + place.path());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Function<ProjectUpdate, Object>> projectColumns() {
        Map<String, Function<ProjectUpdate, Object>> columns = new LinkedHashMap<>();
        columns.put("id", project -> StoredText.of(project.id()));
        columns.put("name", project -> StoredText.of(project.name()));
        columns.put("path", project -> StoredText.of(project.path()));
        columns.put("path_is_guess", ProjectUpdate::pathIsGuess);
        columns.put("conversation_count", ProjectUpdate::conversationCount);
        columns.put("active_conversations", ProjectUpdate::activeConversations);
        columns.put("message_count", ProjectUpdate::messageCount);
        putTokens(columns, ProjectUpdate::tokens);
        putCost(columns, ProjectUpdate::costUsd);
        columns.put("last_activity", project -> StoredTime.of(project.lastActivity()));
        columns.put("created_at", project -> StoredTime.of(project.createdAt()));
        columns.put("updated_at", project -> StoredTime.of(project.updatedAt()));
        columns.put("version", ProjectUpdate::version);
        return columns;
    }

    private static ProjectUpdate project(ResultSet row) throws SQLException {
        return new ProjectUpdate(
                text(row, "id"),
                text(row, "name"),
                text(row, "path"),
                row.getBoolean("path_is_guess"),
                row.getInt("conversation_count"),
                row.getInt("active_conversations"),
                row.getInt("message_count"),
                tokens(row),
                cost(row),
                StoredTime.read(row, "last_activity"),
                StoredTime.read(row, "created_at"),
                StoredTime.read(row, "updated_at"),
                row.getLong("version"));
    }

    private static Map<String, Function<ConversationUpdate, Object>> conversationColumns() {
        Map<String, Function<ConversationUpdate, Object>> columns = new LinkedHashMap<>();
        columns.put("id", conversation -> StoredText.of(conversation.id()));
        columns.put("project_id", conversation -> StoredText.of(conversation.projectId()));
        columns.put("session_id", conversation -> StoredText.of(conversation.sessionId()));
        columns.put("title", conversation -> StoredText.of(conversation.title()));
        columns.put("state", conversation -> name(conversation.state()));
        columns.put("message_count", ConversationUpdate::messageCount);
        columns.put("tool_call_count", ConversationUpdate::toolCallCount);
        columns.put("agent_count", ConversationUpdate::agentCount);
        putTokens(columns, ConversationUpdate::tokens);
        putCost(columns, ConversationUpdate::costUsd);
        columns.put("model", conversation -> StoredText.of(conversation.model()));
        columns.put("git_branch", conversation -> StoredText.of(conversation.gitBranch()));
        columns.put("cwd", conversation -> StoredText.of(conversation.cwd()));
        columns.put("file_path", conversation -> StoredText.of(conversation.filePath()));
        columns.put("created_at", conversation -> StoredTime.of(conversation.createdAt()));
        columns.put("updated_at", conversation -> StoredTime.of(conversation.updatedAt()));
        columns.put("change", conversation -> name(conversation.change()));
        columns.put("version", ConversationUpdate::version);
        return columns;
    }

    private static ConversationUpdate conversation(ResultSet row) throws SQLException {
        String state = row.getString("state");
        String change = row.getString("change");
        return new ConversationUpdate(
                text(row, "id"),
                text(row, "project_id"),
                text(row, "session_id"),
                text(row, "title"),
                state == null ? null : ConversationState.valueOf(state),
                row.getInt("message_count"),
                row.getInt("tool_call_count"),
                row.getInt("agent_count"),
                tokens(row),
                cost(row),
                text(row, "model"),
                text(row, "git_branch"),
                text(row, "cwd"),
                text(row, "file_path"),
                StoredTime.read(row, "created_at"),
                StoredTime.read(row, "updated_at"),
                change == null ? null : Change.valueOf(change),
                row.getLong("version"),
                List.of());
    }

    private static Map<String, Function<FilePlace, Object>> fileColumns() {
        Map<String, Function<FilePlace, Object>> columns = new LinkedHashMap<>();
        columns.put("id", Tables::idOf);
        columns.put("root", place -> StoredText.of(place.root()));
        columns.put("path", place -> StoredText.of(place.path()));
        columns.put("conversation_id", place -> StoredText.of(place.conversationId()));
        columns.put("file_key", place -> StoredText.of(place.fileKey()));
        columns.put("size_bytes", FilePlace::size);
        columns.put("modified", place -> StoredTime.of(place.modified()));
        columns.put("modified_nanos", place -> StoredTime.nanosOf(place.modified()));
        columns.put("read_offset", FilePlace::offset);
        columns.put("head_length", FilePlace::headLength);
        columns.put("head_checksum", FilePlace::headChecksum);
        columns.put("last_position", FilePlace::position);
        columns.put("bad_lines", FilePlace::badLines);
        return columns;
    }

    private static FilePlace file(ResultSet row) throws SQLException {
        Instant modified = StoredTime.read(row, "modified");
        return new FilePlace(
                text(row, "root"),
                text(row, "path"),
                text(row, "conversation_id"),
                text(row, "file_key"),
                row.getLong("size_bytes"),
                modified == null ? null : modified.plusNanos(row.getInt("modified_nanos")),
                row.getLong("read_offset"),
                row.getInt("head_length"),
                row.getLong("head_checksum"),
                row.getLong("last_position"),
                row.getLong("bad_lines"));
    }

    private static <T> void putTokens(Map<String, Function<T, Object>> columns, Function<T, Tokens> tokens) {
        columns.put("tokens_input", value -> tokens.apply(value).input());
        columns.put("tokens_output", value -> tokens.apply(value).output());
        columns.put("tokens_cache_creation", value -> tokens.apply(value).cacheCreation());
        columns.put("tokens_cache_read", value -> tokens.apply(value).cacheRead());
    }

    private static Tokens tokens(ResultSet row) throws SQLException {
        return new Tokens(
                row.getLong("tokens_input"),
                row.getLong("tokens_output"),
                row.getLong("tokens_cache_creation"),
                row.getLong("tokens_cache_read"));
    }

    /** With its scale beside it: 1.50 is to come back as 1.50, and a numeric column of H2 has one scale for all. */
    private static <T> void putCost(Map<String, Function<T, Object>> columns, Function<T, BigDecimal> cost) {
        columns.put("cost_usd", value -> fitting(cost.apply(value)));
        columns.put("cost_scale", value -> scaleOf(fitting(cost.apply(value))));
    }

    private static BigDecimal fitting(BigDecimal cost) {
        return cost == null || cost.scale() <= MAX_COST_SCALE
                ? cost
                : cost.setScale(MAX_COST_SCALE, RoundingMode.HALF_EVEN);
    }

    private static Integer scaleOf(BigDecimal cost) {
        return cost == null ? null : cost.scale();
    }

    private static BigDecimal cost(ResultSet row) throws SQLException {
        BigDecimal cost = row.getBigDecimal("cost_usd");
        return cost == null ? null : cost.setScale(row.getInt("cost_scale"), RoundingMode.UNNECESSARY);
    }

    static String text(ResultSet row, String column) throws SQLException {
        return StoredText.read(row.getString(column));
    }

    static String name(Enum<?> constant) {
        return constant == null ? null : constant.name();
    }
}
