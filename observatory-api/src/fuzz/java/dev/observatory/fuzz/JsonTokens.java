package dev.observatory.fuzz;

import java.util.ArrayList;
import java.util.List;

/** A text cut into the tokens of JSON, as far as it is JSON; together they are the text again. */
final class JsonTokens {

    private JsonTokens() {}

    /** A list that can be changed. */
    static List<String> of(String text) {
        List<String> tokens = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = end(text, at);
            tokens.add(text.substring(at, end));
            at = end;
        }
        return tokens;
    }

    private static int end(String text, int start) {
        int end = start + 1;
        if (text.charAt(start) == '"') {
            while (end < text.length() && text.charAt(end) != '"') {
                end += text.charAt(end) == '\\' ? 2 : 1;
            }
            return Math.min(text.length(), end + 1);
        }
        while (isWord(text.charAt(start)) && end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.';
    }

    /** Where the values begin, of all depths. */
    static List<Integer> values(List<String> tokens) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            char first = tokens.get(i).charAt(0);
            boolean starts = first == '"' || first == '{' || first == '[' || isWord(first);
            if (starts && !isName(tokens, i)) {
                values.add(i);
            }
        }
        return values;
    }

    /** Where the names of members are. */
    static List<Integer> names(List<String> tokens) {
        List<Integer> names = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (isName(tokens, i)) {
                names.add(i);
            }
        }
        return names;
    }

    private static boolean isName(List<String> tokens, int index) {
        return tokens.get(index).charAt(0) == '"'
                && index + 1 < tokens.size()
                && tokens.get(index + 1).equals(":");
    }

    /** What follows the value that begins there; the end where it has none. */
    static int behind(List<String> tokens, int start) {
        int depth = 0;
        for (int i = start; i < tokens.size(); i++) {
            switch (tokens.get(i)) {
                case "{", "[" -> depth++;
                case "}", "]" -> depth--;
                default -> {
                    // a part of the value, or all of it
                }
            }
            if (depth <= 0) {
                return i + 1;
            }
        }
        return tokens.size();
    }
}
