package dev.observatory.conversation;

import dev.observatory.transcript.ContentBlock;
import dev.observatory.transcript.TranscriptMessage;
import dev.observatory.transcript.TranscriptRecord;
import java.util.List;
import java.util.Locale;

/** What a record is in the course of a conversation. */
enum RecordKind {
    /** The user, or the parent of a sub-agent, asks. */
    PROMPT,
    /** The user stops the agent. */
    INTERRUPT,
    /** A command ran that concerns Claude Code alone, not the model. */
    LOCAL_COMMAND,
    /** A task in the background has news for the model. */
    NOTIFICATION,
    TOOL_RESULT,
    TOOL_USE,
    TEXT,
    THINKING,
    /** The agent has finished what it was asked. */
    TURN_END,
    TITLE,
    OTHER;

    private static final String INTERRUPTION = "[Request interrupted by user";
    private static final String TASK_NOTIFICATION = "<task-notification>";
    private static final List<String> LOCAL_OUTPUT =
            List.of("<local-command-stdout>", "<local-command-stderr>", "<local-command-caveat>");

    /** What clients are told of it. */
    String shownName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RecordKind of(TranscriptRecord record) {
        if (record.isUser()) {
            return ofUser(record);
        }
        if (record.isAssistant()) {
            return ofAssistant(record.message());
        }
        if (record.isSystem()) {
            return ofSystem(record.subtype());
        }
        return record.title() == null ? OTHER : TITLE;
    }

    private static RecordKind ofUser(TranscriptRecord record) {
        if (record.message().has(ContentBlock.ToolResult.class)) {
            return TOOL_RESULT;
        }
        if (record.meta() || record.compactSummary()) {
            return OTHER;
        }
        String text = Texts.said(record.message()).stripLeading();
        if (text.startsWith(INTERRUPTION)) {
            return INTERRUPT;
        }
        if (text.startsWith(TASK_NOTIFICATION)) {
            return NOTIFICATION;
        }
        if (LOCAL_OUTPUT.stream().anyMatch(text::startsWith)) {
            return LOCAL_COMMAND;
        }
        return !text.isEmpty() || record.message().has(ContentBlock.Image.class) ? PROMPT : OTHER;
    }

    private static RecordKind ofAssistant(TranscriptMessage message) {
        if (message.has(ContentBlock.ToolUse.class)) {
            return TOOL_USE;
        }
        if (message.has(ContentBlock.Text.class)) {
            return TEXT;
        }
        return message.has(ContentBlock.Thinking.class) ? THINKING : OTHER;
    }

    private static RecordKind ofSystem(String subtype) {
        if ("turn_duration".equals(subtype)) {
            return TURN_END;
        }
        return "local_command".equals(subtype) ? LOCAL_COMMAND : OTHER;
    }
}
