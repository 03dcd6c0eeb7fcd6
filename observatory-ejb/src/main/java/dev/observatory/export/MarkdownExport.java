package dev.observatory.export;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.FullRecord;
import dev.observatory.conversation.FullRecordReader;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.Tokens;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A conversation to be read by people: what is known of it, the talk, and behind it what each sub-agent did. Records
 * that are no part of the talk are left out and counted at the end.
 */
public final class MarkdownExport implements Export {

    private final ConversationUpdate conversation;

    /** Null while none is known. */
    private final ProjectUpdate project;

    private final KeptLines lines;
    private final FullRecordReader reader = new FullRecordReader();

    private long written;
    private long leftOut;

    /**
     * @param project null while none is known
     * @param files those of the conversation
     */
    public MarkdownExport(
            ConversationStore store, ConversationUpdate conversation, ProjectUpdate project, List<FilePlace> files) {
        this.conversation = conversation;
        this.project = project;
        lines = new KeptLines(store, files);
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(Markdown.bytes(head()));
        section("Conversation", lines.own(), new MarkdownTalk("User"), out);
        for (Map.Entry<String, List<FilePlace>> agent : lines.agents().entrySet()) {
            section("Agent " + Markdown.plain(agent.getKey()), agent.getValue(), new MarkdownTalk("Task"), out);
        }
        out.write(Markdown.bytes("---\n\n*End of the export: " + written + " records. " + leftOut
                + " that are no part of the talk are left out.*\n"));
    }

    private void section(String title, List<FilePlace> files, MarkdownTalk talk, OutputStream out) throws IOException {
        out.write(Markdown.bytes("## " + title + "\n\n"));
        lines.forEach(files, line -> out.write(Markdown.bytes(record(line, talk))));
    }

    private String record(PlacedLine line, MarkdownTalk talk) {
        FullRecord record = reader.read(line);
        String text = talk.next(record);
        if (text.isEmpty()) {
            leftOut++;
        } else {
            written++;
        }
        return text;
    }

    @Override
    public String brokenOff() {
        return "---\n\n**This export is incomplete: the transcript could not be read further.**\n";
    }

    private String head() {
        StringBuilder head = new StringBuilder("# ")
                .append(Markdown.plain(conversation.title() == null ? conversation.id() : conversation.title()))
                .append("\n\n");
        fact(head, "Conversation", Markdown.code(conversation.id()));
        fact(head, "Project", project == null ? null : code(project.path() == null ? project.name() : project.path()));
        fact(head, "Branch", code(conversation.gitBranch()));
        fact(head, "Model", code(conversation.model()));
        fact(head, "Messages", conversation.messageCount() + ", tool calls " + conversation.toolCallCount());
        fact(head, "Tokens", tokens(conversation.tokens()));
        fact(
                head,
                "Cost",
                conversation.costUsd() == null
                        ? "unknown"
                        : "US-$ " + conversation.costUsd().toPlainString());
        fact(head, "First message", conversation.createdAt());
        fact(head, "Last message", conversation.updatedAt());
        return head.append('\n').toString();
    }

    private static void fact(StringBuilder head, String name, Object value) {
        if (value != null) {
            head.append("- ").append(name).append(": ").append(value).append('\n');
        }
    }

    private static String code(String text) {
        return text == null ? null : Markdown.code(text);
    }

    private static String tokens(Tokens tokens) {
        return "input " + tokens.input() + ", output " + tokens.output() + ", written to the cache "
                + tokens.cacheCreation() + ", read from it " + tokens.cacheRead();
    }
}
