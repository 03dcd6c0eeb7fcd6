package dev.observatory.conversation;

import dev.observatory.transcript.CutText;
import dev.observatory.transcript.RecordTitle;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The title of a conversation: the most trusted one there is, on one line and cut at {@value #MAX_LENGTH} characters.
 * Confined to the watch thread.
 *
 * <p>A later title of the same kind replaces an earlier one, because titles are given anew; but of summaries the first
 * counts, and of prompts.
 */
final class ConversationTitle {

    static final int MAX_LENGTH = 80;

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Map<RecordTitle.Kind, String> titles = new EnumMap<>(RecordTitle.Kind.class);
    private String firstPrompt;

    /** Null when there is none. */
    String text() {
        // the map's order is the order of trust
        return titles.isEmpty() ? firstPrompt : titles.values().iterator().next();
    }

    void take(RecordTitle title) {
        String text = onOneLine(title.text().text());
        if (text.isEmpty()) {
            return;
        }
        if (title.kind() == RecordTitle.Kind.SUMMARY) {
            titles.putIfAbsent(title.kind(), text);
        } else {
            titles.put(title.kind(), text);
        }
    }

    void takePrompt(String prompt) {
        String text = onOneLine(prompt);
        if (firstPrompt == null && !text.isEmpty()) {
            firstPrompt = text;
        }
    }

    private static String onOneLine(String text) {
        String line = SPACE.matcher(text).replaceAll(" ").strip();
        return CutText.of(line, MAX_LENGTH).text();
    }
}
