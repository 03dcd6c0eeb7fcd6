package dev.observatory.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Writes one transcript file in Claude Code's way: each record names its predecessor, and one answer of the model is
 * several records with the same message id, each with more output tokens. Confined to the demo's thread.
 */
final class TranscriptWriter {

    private static final String VERSION = "2.1.38";
    private static final String ID_CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** About how many characters make a token. */
    private static final int TOKEN = 4;

    private final Path file;
    private final Map<String, Object> origin;
    private final boolean agent;
    private final String model;
    private final Clock clock;
    private final Random random;

    private String parent;

    /** Of the answer being written; null between two answers. */
    private String messageId;

    private String requestId;
    private int outputTokens;
    private int newTokens = 2000;
    private int cachedTokens = 14_000;

    /**
     * @param agentId null for the session itself
     */
    TranscriptWriter(
            Path file,
            String sessionId,
            String agentId,
            String cwd,
            String branch,
            String model,
            Clock clock,
            Random random) {
        this.file = file;
        this.agent = agentId != null;
        this.model = model;
        this.clock = clock;
        this.random = random;
        origin = Json.object(
                "isSidechain",
                agent,
                "userType",
                "external",
                "cwd",
                cwd,
                "sessionId",
                sessionId,
                "version",
                VERSION,
                "gitBranch",
                branch);
        if (agent) {
            origin.put("agentId", agentId);
        }
    }

    /** A user's prompt, or what a sub-agent is asked to do. */
    void prompt(String text) throws IOException {
        answered(text.length());
        record("user", Json.object("message", message(text)), Json.object("permissionMode", "default"));
    }

    void interrupt() throws IOException {
        answered(0);
        record(
                "user",
                Json.object("message", message(List.of(textBlock("[Request interrupted by user]")))),
                Json.object());
    }

    void think(String text) throws IOException {
        answer(Json.object("type", "thinking", "thinking", text, "signature", ""), text.length(), null);
    }

    void say(String text) throws IOException {
        answer(textBlock(text), text.length(), "end_turn");
    }

    /** @return the call's id */
    String call(String tool, Map<String, Object> input) throws IOException {
        String id = id("toolu_01");
        answer(Json.object("type", "tool_use", "id", id, "name", tool, "input", input), 80, "tool_use");
        return id;
    }

    /**
     * A tool's answer.
     *
     * @param content as the model sees it
     * @param details as Claude Code keeps it beside
     */
    void result(String callId, Object content, boolean error, Object details) throws IOException {
        answered(Json.text(content).length());
        Map<String, Object> block = Json.object("tool_use_id", callId, "type", "tool_result", "content", content);
        if (error) {
            block.put("is_error", true);
        }
        record(
                "user",
                Json.object("message", message(List.of(block))),
                Json.object("toolUseResult", details, "sourceToolAssistantUUID", parent));
    }

    void turnDuration(long millis) throws IOException {
        record("system", Json.object("subtype", "turn_duration", "durationMs", millis), Json.object("isMeta", false));
    }

    void title(String text) throws IOException {
        append(Json.object("type", "ai-title", "sessionId", origin.get("sessionId"), "aiTitle", text));
    }

    static Map<String, Object> textBlock(String text) {
        return Json.object("type", "text", "text", text);
    }

    private static Map<String, Object> message(Object content) {
        return Json.object("role", "user", "content", content);
    }

    /** Whatever comes next from the model is a new answer; this has become part of what it reads. */
    private void answered(int characters) {
        messageId = null;
        cachedTokens += newTokens + outputTokens;
        newTokens = 40 + characters / TOKEN;
        outputTokens = 0;
    }

    private void answer(Map<String, Object> block, int characters, String stopReason) throws IOException {
        if (messageId == null) {
            messageId = id("msg_01");
            requestId = id("req_011C");
        }
        outputTokens += 8 + characters / TOKEN;
        Map<String, Object> message = Json.object(
                "model",
                model,
                "id",
                messageId,
                "type",
                "message",
                "role",
                "assistant",
                "content",
                List.of(block),
                "stop_reason",
                stopReason,
                "stop_sequence",
                null,
                "usage",
                usage());
        record("assistant", Json.object("message", message, "requestId", requestId), Json.object());
    }

    private Map<String, Object> usage() {
        return Json.object(
                "input_tokens",
                4,
                "cache_creation_input_tokens",
                newTokens,
                "cache_read_input_tokens",
                cachedTokens,
                "cache_creation",
                Json.object("ephemeral_5m_input_tokens", newTokens, "ephemeral_1h_input_tokens", 0),
                "output_tokens",
                outputTokens,
                "service_tier",
                "standard");
    }

    private void record(String type, Map<String, Object> body, Map<String, Object> tail) throws IOException {
        String uuid = UUID.randomUUID().toString();
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("parentUuid", parent);
        record.putAll(origin);
        record.put("type", type);
        record.putAll(body);
        record.put("uuid", uuid);
        record.put("timestamp", TIME.format(clock.instant()));
        record.putAll(tail);
        append(record);
        parent = uuid;
    }

    private void append(Map<String, Object> record) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, Json.text(record) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String id(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < 22; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        return id.toString();
    }
}
