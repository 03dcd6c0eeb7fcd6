package dev.observatory.conversation;

import dev.observatory.message.Tokens;
import dev.observatory.transcript.ContentBlock;
import dev.observatory.transcript.CutText;
import dev.observatory.transcript.TranscriptLocation;
import dev.observatory.transcript.TranscriptRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects agents and tool calls from records that count. Used once, by one thread. */
final class DetailsFold {

    /** What is known of one agent so far. */
    private static final class Traces {
        private final ConversationTitle task = new ConversationTitle();
        private String model;
        private int records;
        private int toolCalls;
        private Span span = Span.NONE;
    }

    private final Map<String, Traces> agents = new LinkedHashMap<>();
    private final Map<String, ToolCall> toolCalls = new LinkedHashMap<>();

    void take(TranscriptLocation file, TranscriptRecord record) {
        Traces agent = file.agentId() == null ? null : agents.computeIfAbsent(file.agentId(), id -> new Traces());
        if (agent != null) {
            take(agent, record);
        }
        for (ContentBlock block : record.message().content()) {
            if (record.isAssistant() && block instanceof ContentBlock.ToolUse call) {
                call(file, agent, record, call);
            } else if (record.isUser() && block instanceof ContentBlock.ToolResult result) {
                toolCalls.computeIfPresent(
                        result.toolUseId(),
                        (id, call) -> call.error() == null ? call.answered(record.timestamp(), result.error()) : call);
            }
        }
    }

    private static void take(Traces agent, TranscriptRecord record) {
        agent.records++;
        if (record.isUser() || record.isAssistant()) {
            agent.span = agent.span.with(record.timestamp());
        }
        if (RecordKind.of(record) == RecordKind.PROMPT) {
            agent.task.takePrompt(Texts.prompt(Texts.said(record.message())));
        }
        agent.model = Conversation.modelOf(record, agent.model);
    }

    private void call(TranscriptLocation file, Traces agent, TranscriptRecord record, ContentBlock.ToolUse call) {
        if (toolCalls.containsKey(call.id())) {
            return;
        }
        CutText input = call.input();
        toolCalls.put(
                call.id(),
                new ToolCall(
                        call.id(),
                        file.agentId(),
                        call.name(),
                        input.text().isEmpty() ? null : input.text(),
                        record.timestamp(),
                        null,
                        null,
                        null));
        if (agent != null) {
            agent.toolCalls++;
        }
    }

    /** @param usage of the whole conversation */
    ConversationDetails details(List<Usage> usage) {
        List<Agent> described = new ArrayList<>();
        agents.forEach((id, traces) -> described.add(describe(id, traces, usage)));
        return new ConversationDetails(described, List.copyOf(toolCalls.values()), usage);
    }

    private static Agent describe(String id, Traces traces, List<Usage> usage) {
        List<Usage> own =
                usage.stream().filter(used -> id.equals(used.agentId())).toList();
        boolean priced = !own.isEmpty() && own.stream().allMatch(used -> used.costUsd() != null);
        return new Agent(
                id,
                traces.task.text(),
                traces.model,
                traces.records,
                traces.toolCalls,
                own.stream().map(Usage::tokens).reduce(Tokens.NONE, Tokens::plus),
                priced
                        ? UsDollars.rounded(own.stream().map(Usage::costUsd).reduce(BigDecimal.ZERO, BigDecimal::add))
                        : null,
                traces.span.first(),
                traces.span.last());
    }
}
