package dev.observatory.conversation;

import dev.observatory.message.ConversationState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * The state of a conversation as Claude Code's hooks report it. It holds until a record contradicts it that was made
 * later than the report came: a hook is mostly here before the lines that were written before it. Confined to the watch
 * thread.
 *
 * <p>What the session itself does is kept apart from the questions that wait for the user, because several agents work
 * side by side: one that goes on does not answer what another has asked.
 */
final class ReportedState {

    /** More questions at a time are those of agents that have vanished without a word. */
    private static final int MAX_QUESTIONS = 32;

    /** @param tool null where it is not known who asks for what */
    private record Question(String agentId, String tool, Instant asked) {

        boolean isOf(String agent) {
            return tool == null || Objects.equals(agentId, agent);
        }

        boolean isAnsweredBy(HookEvent event) {
            return isOf(event.agentId()) && (tool == null || tool.equals(event.tool()));
        }
    }

    private final Deque<Question> questions = new ArrayDeque<>();

    /** What the session itself does; null where no report holds. */
    private ConversationState own;

    /** When that was reported. */
    private Instant ownSince;

    /** Null where no report holds. */
    ConversationState state() {
        return questions.isEmpty() ? own : ConversationState.WAITING;
    }

    /** @param shown the state of the conversation so far, null where it has none */
    void take(HookEvent event, ConversationState shown) {
        if (event.kind() == HookEvent.Kind.QUESTION) {
            ask(event, shown);
        } else if (event.agentId() == null) {
            takeOwn(event);
        } else {
            takeAgents(event);
        }
    }

    private void ask(HookEvent event, ConversationState shown) {
        boolean known = event.tool() != null;
        if (!known && !questions.isEmpty()) {
            return; // a second notice of the same
        }
        if (known && event.agentId() == null) {
            own(ConversationState.WORKING, event);
        } else if (own == null) {
            // what it goes on with when the question is answered: an agent in the background may outlive its turn
            own(shown == ConversationState.IDLE ? shown : ConversationState.WORKING, event);
        }
        questions.addLast(new Question(event.agentId(), event.tool(), event.at()));
        if (questions.size() > MAX_QUESTIONS) {
            questions.removeFirst();
        }
    }

    private void takeOwn(HookEvent event) {
        switch (event.kind()) {
            case SESSION_START -> all(ConversationState.IDLE, event);
            case SESSION_END -> all(ConversationState.ENDED, event);
            case PROMPT -> turn(ConversationState.WORKING, event);
            case TURN_END -> turn(ConversationState.IDLE, event);
            case TOOL_CALL -> {
                answer(event);
                own(ConversationState.WORKING, event);
            }
            case TOOL_END -> {
                // behind the end of its turn it was overtaken: a call's end alone begins nothing
                if (answer(event) || own == null || own == ConversationState.WORKING) {
                    own(ConversationState.WORKING, event);
                }
            }
            case AGENT_END, QUESTION -> {
                // says nothing of the session itself
            }
        }
    }

    private void takeAgents(HookEvent event) {
        switch (event.kind()) {
            case TOOL_CALL, TOOL_END -> answer(event);
            case AGENT_END -> questions.removeIf(question -> question.tool() != null && question.isOf(event.agentId()));
            default -> {
                // an agent neither begins nor ends anything but its own work
            }
        }
    }

    private void all(ConversationState state, HookEvent event) {
        questions.clear();
        own(state, event);
    }

    /** What the session itself has asked before is done with. */
    private void turn(ConversationState state, HookEvent event) {
        questions.removeIf(question -> question.isOf(null));
        own(state, event);
    }

    private void own(ConversationState state, HookEvent event) {
        own = state;
        ownSince = event.at();
    }

    /** @return whether it was a question's answer */
    private boolean answer(HookEvent event) {
        for (Question question : questions) {
            if (question.isAnsweredBy(event)) {
                return questions.remove(question);
            }
        }
        return false;
    }

    /**
     * A record was read that is new.
     *
     * @param agentId null for one of the session itself
     * @param made when the record was
     * @param callsOpen whether calls of the session itself have no result yet
     */
    void read(RecordKind kind, String agentId, Instant made, boolean callsOpen) {
        if (kind == RecordKind.OTHER || kind == RecordKind.TITLE) {
            return;
        }
        boolean itself = agentId == null;
        if (itself && own != null && made.isAfter(ownSince)) {
            own = null;
        }
        // neither a call made meanwhile nor the result of one of several answers what is asked for another
        boolean more = kind == RecordKind.TOOL_USE || itself && kind == RecordKind.TOOL_RESULT && callsOpen;
        if (!more) {
            questions.removeIf(question -> question.isOf(agentId) && made.isAfter(question.asked()));
        }
    }
}
