package dev.observatory.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.observatory.conversation.HookEvent;
import dev.observatory.conversation.HookEvent.Kind;
import dev.observatory.transcript.ConversationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a hook of Claude Code sends ({@code https://code.claude.com/docs/en/hooks}). Events and fields that are
 * unknown are passed over, for there are new ones with every few versions. Thread-safe.
 */
final class HookReader {

    private static final Set<String> FIELDS =
            Set.of("session_id", "hook_event_name", "agent_id", "tool_name", "notification_type", "message", "source");

    /** Where longer names are cut, characters. */
    private static final int MAX_NAME = 200;

    private static final String AGENT_PREFIX = "agent-";

    private final JsonFactory json = JsonFactory.builder()
            // names from outside must not end up in a table that all readers and the whole JVM share
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /**
     * Reads an event.
     *
     * @param at when it came
     * @return empty if it says nothing of the conversation's state
     * @throws InvalidParameterException when it is no JSON object, or does not say what has happened, or in which session
     */
    Optional<HookEvent> read(byte[] body, Instant at) {
        Map<String, String> fields = fields(body);
        String session = required(fields, "session_id");
        return kind(required(fields, "hook_event_name"), fields)
                .map(kind ->
                        new HookEvent(ConversationId.of(session), kind, agent(fields), name(fields, "tool_name"), at));
    }

    private Map<String, String> fields(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = json.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidParameterException("body", "the body is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && FIELDS.contains(field)) {
                    fields.put(field, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new InvalidParameterException("body", "the body is more than one JSON object");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new InvalidParameterException("body", "the body is no JSON that can be read");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null || value.isBlank()) {
            throw new InvalidParameterException(name, name + " is needed, as a text that is not empty");
        }
        return value;
    }

    /** As the name of its file has it. */
    private static String agent(Map<String, String> fields) {
        String id = name(fields, "agent_id");
        return id != null && id.startsWith(AGENT_PREFIX) ? id.substring(AGENT_PREFIX.length()) : id;
    }

    /** Null where there is none. */
    private static String name(Map<String, String> fields, String field) {
        String name = fields.get(field);
        return name == null || name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    private static Optional<Kind> kind(String event, Map<String, String> fields) {
        return Optional.ofNullable(
                switch (event) {
                    // a compaction goes on where it was
                    case "SessionStart" -> "compact".equals(fields.get("source")) ? null : Kind.SESSION_START;
                    case "SessionEnd" -> Kind.SESSION_END;
                    case "UserPromptSubmit" -> Kind.PROMPT;
                    case "PreToolUse" -> Kind.TOOL_CALL;
                    case "PostToolUse", "PostToolUseFailure", "PermissionDenied", "ElicitationResult" -> Kind.TOOL_END;
                    case "PermissionRequest", "Elicitation" -> Kind.QUESTION;
                    case "Notification" -> notified(fields);
                    case "Stop", "StopFailure" -> Kind.TURN_END;
                    case "SubagentStop" -> Kind.AGENT_END;
                    default -> null;
                });
    }

    private static Kind notified(Map<String, String> fields) {
        String type = fields.getOrDefault("notification_type", typeOf(fields.getOrDefault("message", "")));
        return switch (type) {
            case "permission_prompt", "elicitation_dialog" -> Kind.QUESTION;
            case "idle_prompt" -> Kind.TURN_END;
            default -> null;
        };
    }

    /** Older versions say in words only what the notification is about. */
    private static String typeOf(String message) {
        if (message.contains("your permission")) {
            return "permission_prompt";
        }
        return message.contains("waiting for your input") ? "idle_prompt" : "";
    }
}
