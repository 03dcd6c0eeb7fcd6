package dev.observatory.conversation;

import dev.observatory.transcript.ContentBlock;
import dev.observatory.transcript.CutText;
import dev.observatory.transcript.TranscriptMessage;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is to be read in a message. */
final class Texts {

    private static final Pattern COMMAND = Pattern.compile("<command-name>\\s*/?([^<]+?)\\s*</command-name>");
    private static final Pattern ARGUMENTS =
            Pattern.compile("<command-args>(.*?)(?:</command-args>|$)", Pattern.DOTALL);

    private Texts() {}

    /** Everything said in a message, one part below the other. */
    static String said(TranscriptMessage message) {
        return saidIn(message).text();
    }

    /** Like {@link #said}, and whether a part of it is cut. */
    static CutText saidIn(TranscriptMessage message) {
        return joined(message, block -> block instanceof ContentBlock.Text text ? text.text() : null);
    }

    static CutText thoughtIn(TranscriptMessage message) {
        return joined(message, block -> block instanceof ContentBlock.Thinking thinking ? thinking.text() : null);
    }

    private static CutText joined(TranscriptMessage message, Function<ContentBlock, CutText> textOf) {
        CutText whole = null;
        for (ContentBlock block : message.content()) {
            CutText part = textOf.apply(block);
            if (part != null) {
                whole = whole == null ? part : join(whole, part);
            }
        }
        return whole == null ? CutText.EMPTY : whole;
    }

    private static CutText join(CutText head, CutText tail) {
        // behind a cut nothing follows: the text would read as if nothing were missing
        return head.cut() ? head : new CutText(head.text() + "\n" + tail.text(), tail.cut());
    }

    /** A prompt as the user typed it: Claude Code writes the slash command {@code /x args} in tags of its own. */
    static String prompt(String text) {
        String start = text.stripLeading();
        if (!start.startsWith("<command-")) {
            return text;
        }
        Matcher command = COMMAND.matcher(start);
        return command.find() ? ("/" + command.group(1) + " " + arguments(start)).strip() : text;
    }

    private static String arguments(String text) {
        Matcher arguments = ARGUMENTS.matcher(text);
        return arguments.find() ? arguments.group(1).strip() : "";
    }
}
