package dev.observatory.conversation;

import dev.observatory.transcript.ContentBlock;
import dev.observatory.transcript.TranscriptRecord;
import java.util.HashSet;
import java.util.Set;

/** Whose turn it is in a conversation, by its last record that matters. Confined to the watch thread. */
final class Turn {

    /** What the last record left to be done. */
    enum Phase {
        /** The model has something to answer. */
        MODEL,
        /** Tool calls have no result yet. */
        TOOL,
        /** The user has the word. */
        USER
    }

    private Phase phase = Phase.USER;

    /** The calls of this turn that have no result. */
    private final Set<String> unanswered = new HashSet<>();

    Phase phase() {
        return phase;
    }

    void take(RecordKind kind, TranscriptRecord record) {
        switch (kind) {
            case PROMPT -> begin(Phase.MODEL);
            case INTERRUPT -> begin(Phase.USER);
            case TOOL_USE -> calls(record);
            case TOOL_RESULT -> results(record);
            case TEXT, TURN_END, LOCAL_COMMAND -> phase = Phase.USER;
            case THINKING, NOTIFICATION -> phase = Phase.MODEL;
            case TITLE, OTHER -> {
                // leaves the word with whoever has it
            }
        }
    }

    /** Calls that a prompt or an interrupt left behind will never be answered. */
    private void begin(Phase next) {
        unanswered.clear();
        phase = next;
    }

    private void calls(TranscriptRecord record) {
        for (ContentBlock block : record.message().content()) {
            if (block instanceof ContentBlock.ToolUse call) {
                unanswered.add(call.id());
            }
        }
        phase = Phase.TOOL;
    }

    private void results(TranscriptRecord record) {
        for (ContentBlock block : record.message().content()) {
            if (block instanceof ContentBlock.ToolResult result) {
                unanswered.remove(result.toolUseId());
            }
        }
        phase = unanswered.isEmpty() ? Phase.MODEL : Phase.TOOL;
    }
}
