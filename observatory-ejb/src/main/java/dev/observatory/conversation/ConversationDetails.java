package dev.observatory.conversation;

import java.util.List;

/**
 * What is derived from a conversation's lines when somebody asks. Immutable.
 *
 * @param agents in the order in which they were first met
 * @param toolCalls in the order in which they were first met, the agents' among them
 * @param usage what it has used, told apart
 */
public record ConversationDetails(List<Agent> agents, List<ToolCall> toolCalls, List<Usage> usage) {

    public static final ConversationDetails NONE = new ConversationDetails(List.of(), List.of(), List.of());

    public ConversationDetails {
        agents = List.copyOf(agents);
        toolCalls = List.copyOf(toolCalls);
        usage = List.copyOf(usage);
    }
}
