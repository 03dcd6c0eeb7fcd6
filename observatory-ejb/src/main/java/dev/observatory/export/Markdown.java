package dev.observatory.export;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts from outside in a document of ours (CommonMark): whatever they are, the document keeps its form. */
final class Markdown {

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}\\u0085\\u2028\\u2029]+");
    private static final Pattern PUNCTUATION = Pattern.compile("[\\\\`*_\\[\\]<>&~|#!$]");
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private Markdown() {}

    /** On one line, without any meaning to Markdown. */
    static String plain(String text) {
        return PUNCTUATION.matcher(oneLine(text)).replaceAll("\\\\$0");
    }

    /** On one line, as code. */
    static String code(String text) {
        String line = oneLine(text);
        if (line.isEmpty()) {
            return "";
        }
        String fence = "`".repeat(longestRun(line) + 1);
        boolean touches = line.startsWith("`") || line.endsWith("`");
        return touches ? fence + " " + line + " " + fence : fence + line + fence;
    }

    /** On one line of HTML. */
    static String html(String text) {
        return oneLine(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** As a block of code: behind a fence that is longer than any in the text. */
    static String block(String text, String language) {
        String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
        return fence + language + "\n" + text + (text.endsWith("\n") ? "" : "\n") + fence + "\n\n";
    }

    /** Something to be unfolded. */
    static String details(String summary, String content) {
        return "<details>\n<summary>" + html(summary) + "</summary>\n\n" + content + "</details>\n\n";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String oneLine(String text) {
        return SPACE.matcher(text).replaceAll(" ").strip();
    }

    private static int longestRun(String text) {
        int longest = 0;
        for (Matcher run = BACKTICKS.matcher(text); run.find(); ) {
            longest = Math.max(longest, run.end() - run.start());
        }
        return longest;
    }
}
