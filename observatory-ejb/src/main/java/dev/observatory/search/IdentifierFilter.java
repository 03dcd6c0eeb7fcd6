package dev.observatory.search;

import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * Takes identifiers apart: {@code ConversationFeed.java} becomes {@code Conversation}, {@code Feed} and {@code java},
 * one behind the other. Where capitals alone divide, the undivided {@code ConversationFeed} stands beside its parts, at
 * the position of the first and as long as all of them, so that it is found in lower case as well.
 *
 * <p>Accents are composed (NFC). Used by one thread.
 */
final class IdentifierFilter extends TokenFilter {

    /** Longer words are no identifiers, but base 64 and the like: taken apart they would fill the index with crumbs. */
    private static final int MAX_DIVIDED = 64;

    private static final String EMOJI = StandardTokenizer.TOKEN_TYPES[StandardTokenizer.EMOJI];

    /** @param from in the token, as is {@code to} */
    private record Part(int from, int to, int positionIncrement, int positionLength) {}

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute positionIncrement = addAttribute(PositionIncrementAttribute.class);
    private final PositionLengthAttribute positionLength = addAttribute(PositionLengthAttribute.class);
    private final TypeAttribute type = addAttribute(TypeAttribute.class);

    private final List<Part> parts = new ArrayList<>();
    private final List<Integer> borders = new ArrayList<>();

    /** The next of {@code parts} to be given out. */
    private int next;

    /** The token that is taken apart. */
    private String token;

    private int tokenOffset;

    IdentifierFilter(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        while (next == parts.size()) {
            if (!input.incrementToken()) {
                return false;
            }
            if (isPlain()) {
                return true;
            }
            divide();
        }
        give(parts.get(next++));
        return true;
    }

    /** Whether a token is given out as it came, which most are. */
    private boolean isPlain() {
        for (int i = 0; i < term.length(); i++) {
            char character = term.charAt(i);
            if ((character < 'a' || character > 'z') && (character < '0' || character > '9')) {
                return false;
            }
        }
        return true;
    }

    private void give(Part part) {
        term.setEmpty().append(composed(token.substring(part.from(), part.to())));
        offset.setOffset(tokenOffset + part.from(), tokenOffset + part.to());
        positionIncrement.setPositionIncrement(part.positionIncrement());
        positionLength.setPositionLength(part.positionLength());
    }

    private static String composed(String text) {
        boolean isAscii = text.chars().allMatch(character -> character < 0x80);
        return isAscii ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private void divide() {
        parts.clear();
        next = 0;
        token = term.toString();
        tokenOffset = offset.startOffset();
        if (type.type().equals(EMOJI)) {
            parts.add(new Part(0, token.length(), 1, 1));
            return;
        }
        int from = -1;
        for (int i = 0; i < token.length(); i += Character.charCount(token.codePointAt(i))) {
            boolean inWord = isOfWord(token.codePointAt(i));
            if (inWord && from < 0) {
                from = i;
            } else if (!inWord && from >= 0) {
                addWord(from, i);
                from = -1;
            }
        }
        if (from >= 0) {
            addWord(from, token.length());
        }
    }

    private void addWord(int from, int to) {
        findBorders(from, to);
        if (borders.isEmpty()) {
            parts.add(new Part(from, to, 1, 1));
            return;
        }
        parts.add(new Part(from, to, 1, borders.size() + 1));
        int start = from;
        int increment = 0;
        for (int border : borders) {
            parts.add(new Part(start, border, increment, 1));
            start = border;
            increment = 1;
        }
        parts.add(new Part(start, to, 1, 1));
    }

    /** Where a word begins by its capital: {@code camel|Case}, {@code HTTP|Server}; digits go with what is before. */
    private void findBorders(int from, int to) {
        borders.clear();
        if (to - from > MAX_DIVIDED) {
            return;
        }
        int lastLetter = 0;
        for (int i = from; i < to; i += Character.charCount(token.codePointAt(i))) {
            int letter = token.codePointAt(i);
            if (Character.isUpperCase(letter)) {
                int following = i + Character.charCount(letter);
                boolean beginsLower = following < to && Character.isLowerCase(token.codePointAt(following));
                if (Character.isLowerCase(lastLetter) || Character.isUpperCase(lastLetter) && beginsLower) {
                    borders.add(i);
                }
            }
            lastLetter = Character.isLetter(letter) ? letter : lastLetter;
        }
    }

    private static boolean isOfWord(int character) {
        return Character.isLetterOrDigit(character)
                || switch (Character.getType(character)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
                    default -> false;
                };
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        parts.clear();
        next = 0;
    }
}
