package dev.observatory.conversation;

import java.time.Instant;

/**
 * What one of Claude Code's hooks tells of a session, as far as it is about its state. Immutable.
 *
 * @param agentId the sub-agent it happened in, null for the session itself
 * @param tool the tool it is about; null where it is about none, or where the hook does not say which
 * @param at when it came here
 */
public record HookEvent(String conversationId, Kind kind, String agentId, String tool, Instant at) {

    /** What has happened. */
    public enum Kind {
        /** The session begins, or goes on after it had ended; nothing is asked of the agent yet. */
        SESSION_START,
        /** The user asks. */
        PROMPT,
        /** A tool is about to be used. */
        TOOL_CALL,
        /** A tool was used, successfully or not, or was refused. */
        TOOL_END,
        /** The user is asked, mostly for a permission. Without a tool it is not known who asks. */
        QUESTION,
        /** The agent has nothing more to do. */
        TURN_END,
        /** A sub-agent has nothing more to do. */
        AGENT_END,
        SESSION_END
    }
}
