package dev.observatory.redaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads files of patterns, one after the other; the later ones may use what the earlier define. Confined to one thread.
 * The form is described at the beginning of the resource {@value #RESOURCE}.
 */
final class PatternFile {

    static final String RESOURCE = "redaction.patterns";

    private static final Pattern DEFINE = Pattern.compile("define\\s+([a-z][a-z-]*)\\s*");
    private static final Pattern REDACT = Pattern.compile("redact\\s+(\\S+)\\s+at\\s+(.*\\S)\\s*");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern LITERAL = Pattern.compile("[!-~&&[^\"\\\\]]+");
    private static final Pattern USE = Pattern.compile("<<([^<>]*)>>");

    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, String> definitions = new HashMap<>();

    // the entry that is being read
    private String file;
    private int line;
    private String head;
    private int headLine;
    private final StringBuilder body = new StringBuilder();

    List<Rule> rules() {
        return rules;
    }

    void readResource() {
        try (InputStream resource = PatternFile.class.getResourceAsStream(RESOURCE)) {
            read(RESOURCE, lines(resource.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException when it cannot be read, or a line of it is wrong */
    void read(Path path) {
        try {
            read(path.toString(), lines(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    RedactionConfig.PATTERNS + " is " + path + ", which cannot be read: " + e, e);
        }
    }

    private static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).lines().toList();
    }

    /** @throws IllegalArgumentException when a line is wrong; the message names file and line */
    void read(String name, List<String> lines) {
        file = name;
        line = 0;
        for (String next : lines) {
            line++;
            String text = next.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            if (Character.isWhitespace(next.charAt(0))) {
                continueEntry(text);
            } else {
                endEntry();
                head = expanded(text);
                headLine = line;
            }
        }
        endEntry();
    }

    private void continueEntry(String text) {
        if (head == null) {
            throw wrong(line, "an indented line continues nothing");
        }
        body.append(expanded(text));
    }

    private String expanded(String text) {
        return USE.matcher(text).replaceAll(use -> Matcher.quoteReplacement(definition(use.group(1))));
    }

    private String definition(String name) {
        String definition = definitions.get(name);
        if (definition == null) {
            throw wrong(line, "<<" + name + ">> is not defined before");
        }
        return definition;
    }

    private void endEntry() {
        if (head == null) {
            return;
        }
        Matcher define = DEFINE.matcher(head);
        Matcher redact = REDACT.matcher(head);
        boolean definition = define.matches();
        if (!definition && !redact.matches()) {
            throw wrong(headLine, "neither 'define <name>' nor 'redact <kind> at <literal> …'");
        }
        if (body.isEmpty()) {
            throw wrong(headLine, "no pattern follows, or it is not indented");
        }
        if (definition) {
            definitions.put(define.group(1), body.toString());
        } else {
            rules.add(rule(redact.group(1), List.of(redact.group(2).split("\\s+"))));
        }
        head = null;
        body.setLength(0);
    }

    private Pattern compiled() {
        try {
            return Pattern.compile(body.toString());
        } catch (PatternSyntaxException e) {
            throw wrong(
                    headLine, "no regular expression: " + e.getDescription() + " at " + e.getIndex() + " of " + body);
        }
    }

    private Rule rule(String kind, List<String> literals) {
        if (!KIND.matcher(kind).matches()) {
            throw wrong(headLine, "a kind is made of a-z, 0-9 and -, at most 40 of them, and '" + kind + "' is not");
        }
        for (String literal : literals) {
            if (!LITERAL.matcher(literal).matches()) {
                throw wrong(headLine, "a literal is ASCII without \" and \\, and '" + literal + "' is not");
            }
        }
        Pattern pattern = compiled();
        if (pattern.matcher("").lookingAt()) {
            throw wrong(headLine, "the pattern matches even where there is nothing");
        }
        return Rule.of(kind, literals, pattern);
    }

    private IllegalArgumentException wrong(int where, String what) {
        return new IllegalArgumentException("redaction patterns in " + file + ", line " + where + ": " + what);
    }
}
