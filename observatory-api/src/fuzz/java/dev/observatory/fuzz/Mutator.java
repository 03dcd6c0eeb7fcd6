package dev.observatory.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Damages valid inputs: first as JSON, value by value and member by member, then as text, then as bytes. What it does
 * depends on its source of chance only. As thread-safe as that is.
 */
public final class Mutator {

    private static final int DEEP = 10_000;

    /** What stands for a value now and then, each of another kind or just beyond what its kind can be. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-1",
            "1.5",
            "1e999999999",
            "-1E-999999999",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999999999999999999",
            "NaN",
            "01",
            "\"\"",
            "\" \"",
            "\"a\"",
            "\"1\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\ud83d\ude00\u2028\ufeff\"",
            "\"../../etc/passwd\"",
            "\"<script>alert(1)</script>\"",
            "\"' OR 1=1 --\"",
            "\"\r\n\"",
            "[]",
            "{}",
            "[null]",
            "[[],{}]",
            "[0,\"a\",null,true]",
            "{\"a\":{\"a\":null}}",
            "{\"\":0}",
            "\"",
            "");

    /** The same, but large, so seldom. */
    private static final List<String> LARGE_VALUES = List.of(
            "9".repeat(100_000),
            "-0." + "1".repeat(100_000) + "e1",
            "\"" + "x".repeat(100_000) + "\"",
            "\"" + "\\ud83d\\ude00".repeat(10_000) + "\"",
            "[".repeat(DEEP) + "]".repeat(DEEP),
            "[".repeat(DEEP),
            "{\"a\":".repeat(DEEP) + "0" + "}".repeat(DEEP),
            "{\"a\":".repeat(DEEP),
            "[" + "0,".repeat(20_000) + "0]",
            "{\"" + "n".repeat(60_000) + "\":0}");

    private static final String PUNCTUATION = "{}[]:,\"\\ \n\r\t\u0000-+.eE/*'\u00e4\ud83d\ude00\ufeff";

    /** Bytes that UTF-8 cannot have, or not there: an overlong NUL, half a surrogate pair, a torn character, a mark. */
    private static final List<byte[]> BYTES = List.of(
            bytes(0xc0, 0x80),
            bytes(0xed, 0xa0, 0x80),
            bytes(0xe2, 0x82),
            bytes(0xff),
            bytes(0xef, 0xbb, 0xbf),
            bytes(0));

    private final RandomGenerator random;

    public Mutator(RandomGenerator random) {
        this.random = random;
    }

    /** Every text that comes of putting something else in place of one of its values. */
    public static Stream<String> replacements(String json) {
        List<String> tokens = JsonTokens.of(json);
        return JsonTokens.values(tokens).stream().flatMap(at -> {
            String before = String.join("", tokens.subList(0, at));
            String behind = String.join("", tokens.subList(JsonTokens.behind(tokens, at), tokens.size()));
            return Stream.concat(VALUES.stream(), LARGE_VALUES.stream()).map(value -> before + value + behind);
        });
    }

    public RandomGenerator random() {
        return random;
    }

    public <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** One of the texts, damaged once or several times, or now and then two of them grown together. */
    public String damaged(List<String> texts) {
        List<String> tokens = JsonTokens.of(oneOf(texts));
        for (int i = random.nextInt(3); i > 0; i--) {
            tokens = damagedJson(tokens);
        }
        String text = String.join("", tokens);
        if (random.nextInt(8) == 0) {
            String other = oneOf(texts);
            text = text.substring(0, random.nextInt(text.length() + 1))
                    + other.substring(random.nextInt(other.length() + 1));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            text = damagedText(text);
        }
        return text;
    }

    /** The same as bytes, of which not all need be UTF-8. */
    public byte[] damagedBytes(List<String> texts) {
        byte[] bytes = damaged(texts).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            bytes = damagedBytes(bytes);
        }
        return bytes;
    }

    private List<String> damagedJson(List<String> tokens) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> withAnotherValue(tokens);
            case 2 -> withNameTwice(tokens);
            case 3 -> withDeeperValue(tokens);
            case 4 -> withoutToken(tokens);
            default -> withTokensSwapped(tokens);
        };
    }

    private List<String> withAnotherValue(List<String> tokens) {
        List<Integer> values = JsonTokens.values(tokens);
        if (values.isEmpty()) {
            return tokens;
        }
        int at = oneOf(values);
        return replaced(tokens, at, JsonTokens.behind(tokens, at), value());
    }

    private List<String> withNameTwice(List<String> tokens) {
        List<Integer> names = JsonTokens.names(tokens);
        if (names.isEmpty()) {
            return tokens;
        }
        int at = oneOf(names);
        return replaced(tokens, at, at, tokens.get(at) + ":" + value() + ",");
    }

    private List<String> withDeeperValue(List<String> tokens) {
        List<Integer> values = JsonTokens.values(tokens);
        if (values.isEmpty()) {
            return tokens;
        }
        int at = oneOf(values);
        int end = JsonTokens.behind(tokens, at);
        int depth = oneOf(List.of(1, 2, 100, 500, 501, DEEP));
        String value = String.join("", tokens.subList(at, end));
        return replaced(tokens, at, end, "[".repeat(depth) + value + "]".repeat(depth));
    }

    private List<String> withoutToken(List<String> tokens) {
        if (tokens.isEmpty()) {
            return tokens;
        }
        int at = random.nextInt(tokens.size());
        return replaced(tokens, at, at + 1, "");
    }

    private List<String> withTokensSwapped(List<String> tokens) {
        if (tokens.isEmpty()) {
            return tokens;
        }
        List<String> swapped = new ArrayList<>(tokens);
        Collections.swap(swapped, random.nextInt(tokens.size()), random.nextInt(tokens.size()));
        return swapped;
    }

    private String value() {
        return oneOf(random.nextInt(20) == 0 ? LARGE_VALUES : VALUES);
    }

    /** The tokens anew, so that what was put in is known by its parts from now on. */
    private static List<String> replaced(List<String> tokens, int from, int to, String text) {
        return JsonTokens.of(
                String.join("", tokens.subList(0, from)) + text + String.join("", tokens.subList(to, tokens.size())));
    }

    private String damagedText(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(1, 20));
        String before = text.substring(0, from);
        String inside = text.substring(from, to);
        String behind = text.substring(to);
        return switch (random.nextInt(6)) {
            case 0 -> before + behind;
            case 1 -> before + inside + inside + behind;
            case 2 -> before + PUNCTUATION.charAt(random.nextInt(PUNCTUATION.length())) + inside + behind;
            case 3 -> before + (char) random.nextInt(0x10000) + behind;
            case 4 -> inside.isEmpty() ? text : before + flipped(inside) + behind;
            default -> before;
        };
    }

    private String flipped(String text) {
        return (char) (text.charAt(0) ^ 1 << random.nextInt(8)) + text.substring(1);
    }

    private byte[] damagedBytes(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(4)) {
            case 0 -> {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                yield changed;
            }
            case 1 -> Arrays.copyOf(bytes, at);
            default -> inserted(bytes, at, oneOf(BYTES));
        };
    }

    private static byte[] inserted(byte[] bytes, int at, byte[] more) {
        byte[] longer = new byte[bytes.length + more.length];
        System.arraycopy(bytes, 0, longer, 0, at);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(bytes, at, longer, at + more.length, bytes.length - at);
        return longer;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
