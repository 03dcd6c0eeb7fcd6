package dev.observatory.export;

import dev.observatory.conversation.FullRecord;
import dev.observatory.transcript.DetailBlock;
import dev.observatory.transcript.TranscriptRecord;
import java.util.List;
import java.util.Set;

/** Turns the records of one talk, in their order, into Markdown. Confined to one thread. */
final class MarkdownTalk {

    /** What the user says and does, as opposed to what Claude Code says in the user's name. */
    private static final Set<String> OF_THE_USER = Set.of("prompt", "interrupt");

    private static final String RESULT = "tool_result";

    /** Who asks in this talk. */
    private final String asker;

    /** Whose heading stands above, null at the beginning. */
    private String speaker;

    MarkdownTalk(String asker) {
        this.asker = asker;
    }

    /** What stands for the record; empty when it is no part of the talk. */
    String next(FullRecord record) {
        if (!record.isRecord()) {
            return unread(record);
        }
        boolean isMessage = record.envelope().isUser() || record.envelope().isAssistant();
        String text = isMessage ? message(record) : "";
        return text.isBlank() ? "" : heading(record) + text;
    }

    private static String unread(FullRecord record) {
        return record.kind().equals(FullRecord.BAD_LINE)
                ? Markdown.details("A line that is no record", Markdown.block(record.text(), ""))
                : "*" + record.text() + "*\n\n";
    }

    private static String message(FullRecord record) {
        if (record.kind().equals("prompt")) {
            return Prose.quote(record.said()) + blocks(record.blocks(), false);
        }
        String blocks = blocks(record.blocks(), true);
        boolean isAside =
                record.envelope().isUser() && !record.kind().equals(RESULT) && !OF_THE_USER.contains(record.kind());
        return isAside && !blocks.isBlank() ? Markdown.details("From Claude Code", blocks) : blocks;
    }

    /** Results belong to the calls above, and what Claude Code says goes on in its own. */
    private String heading(FullRecord record) {
        TranscriptRecord envelope = record.envelope();
        boolean isAsked = OF_THE_USER.contains(record.kind());
        if (!isAsked && !envelope.isAssistant()) {
            return "";
        }
        String next =
                (isAsked ? asker : "Assistant") + (envelope.sidechain() && asker.equals("User") ? ", sub-agent" : "");
        if (!isAsked && next.equals(speaker)) {
            return "";
        }
        speaker = next;
        return "### " + next + (envelope.timestamp() == null ? "" : " (" + envelope.timestamp() + ")") + "\n\n";
    }

    private static String blocks(List<DetailBlock> blocks, boolean withTexts) {
        StringBuilder text = new StringBuilder();
        for (DetailBlock block : blocks) {
            if (withTexts || !(block instanceof DetailBlock.Text)) {
                text.append(block(block));
            }
        }
        return text.toString();
    }

    private static String block(DetailBlock block) {
        if (block instanceof DetailBlock.Text text) {
            return Prose.quote(text.text());
        }
        if (block instanceof DetailBlock.Thinking thinking) {
            return thinking.text().isBlank() ? "" : Markdown.details("Thinking", Prose.quote(thinking.text()));
        }
        if (block instanceof DetailBlock.ToolUse call) {
            return "**Tool call** " + Markdown.code(call.name() == null ? "?" : call.name()) + suffix(call.id())
                    + "\n\n" + (call.input() == null ? "" : Markdown.block(call.input(), "json"));
        }
        if (block instanceof DetailBlock.ToolResult result) {
            return Markdown.details(
                    (result.error() ? "Error" : "Result")
                            + (result.toolUseId() == null ? "" : " of " + result.toolUseId()),
                    result(result.content()));
        }
        if (block instanceof DetailBlock.Media media) {
            return "*" + media.type() + ", "
                    + (media.mediaType() == null ? "" : Markdown.plain(media.mediaType()) + ", ") + media.size()
                    + " bytes, not included*\n\n";
        }
        DetailBlock.Other other = (DetailBlock.Other) block;
        return Markdown.details(
                other.type() == null ? "Other content" : other.type(), Markdown.block(other.json(), "json"));
    }

    /** What a tool says is not Markdown. */
    private static String result(List<DetailBlock> content) {
        StringBuilder text = new StringBuilder();
        for (DetailBlock block : content) {
            text.append(block instanceof DetailBlock.Text said ? Markdown.block(said.text(), "") : block(block));
        }
        return text.toString();
    }

    private static String suffix(String id) {
        return id == null ? "" : " " + Markdown.code(id);
    }
}
