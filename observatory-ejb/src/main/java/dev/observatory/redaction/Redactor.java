package dev.observatory.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes secrets out of texts: puts {@code [redacted:<kind>]} in their place. Immutable and so thread-safe.
 *
 * <p>Redacting twice changes nothing more. In doubt more is taken out than is secret, but never a whole text.
 */
public final class Redactor {

    /**
     * How many characters behind a place have to be known to tell whether a secret stands there. Longer ones, such as
     * private keys, are known by their beginning.
     */
    public static final int REACH = 1024;

    /** A replacement can uncover another secret beside it. More rounds than a few take text made for the purpose. */
    private static final int MAX_ROUNDS = 8;

    private final List<Rule> rules;
    private final Triggers triggers;

    Redactor(List<Rule> secrets) {
        List<Rule> all = new ArrayList<>(secrets);
        all.add(Rule.MARKED);
        rules = List.copyOf(all);
        triggers = new Triggers(rules);
    }

    /** With the rules that Observatory brings along. */
    public static Redactor builtIn() {
        return of(RedactionConfig.DEFAULTS);
    }

    /** @throws IllegalArgumentException when a setting or a line of the file it names is wrong; the message tells which */
    public static Redactor of(RedactionConfig config) {
        PatternFile files = new PatternFile();
        files.readResource();
        config.patterns().ifPresent(files::read);
        Set<String> kinds = files.rules().stream().map(Rule::kind).collect(Collectors.toCollection(TreeSet::new));
        config.except().stream()
                .filter(kind -> !kinds.contains(kind))
                .findFirst()
                .ifPresent(kind -> {
                    throw new IllegalArgumentException(RedactionConfig.EXCEPT + " names '" + kind
                            + "', but the kinds are " + String.join(", ", kinds));
                });
        return new Redactor(files.rules().stream()
                .filter(rule -> !config.except().contains(rule.kind()))
                .toList());
    }

    /** The text without its secrets; the same instance when it has none. */
    public String redact(String text) {
        return redact(text, text.length());
    }

    /**
     * The beginning of a text without its secrets.
     *
     * @param keep how many characters of the text are wanted, one less where that splits a surrogate pair. What follows
     *     them, best {@value #REACH} more, only helps to know a secret across the cut, which is replaced as a whole
     * @return the same instance when it is the whole text and has no secrets; because of the marks it may be longer than
     *     {@code keep}
     */
    public String redact(String text, int keep) {
        Redaction redaction = new Redaction(text, Math.min(keep, text.length()));
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<Finding> findings = find(redaction.text());
            if (findings.isEmpty()) {
                break;
            }
            redaction = redaction.without(findings);
        }
        return redaction.kept();
    }

    /**
     * A line of JSON without its secrets. They are found in strings, however these are escaped, and in a string also by
     * the name of the field; so the line stays JSON of the same structure. Numbers stay as they are. A line that is no
     * JSON is redacted like any text.
     *
     * @param line holds the line from {@code offset} on; it is not changed
     * @return the line alone; {@code line} itself if that is the same
     */
    public byte[] redact(byte[] line, int offset, int length) {
        JsonLine redacted = new JsonLine(this, triggers, line, offset, length);
        for (int round = 0; round < MAX_ROUNDS && redacted.hasFindings(); round++) {
            redacted = redacted.next();
        }
        return redacted.bytes();
    }

    /** All secrets in a text, in their order. */
    List<Finding> find(String text) {
        return scan(text).stream().map(finding -> named(finding, text)).toList();
    }

    private List<Finding> scan(String text) {
        return new Scan(rules, triggers, text).findings();
    }

    /** Of {@code TOKEN=ghp_…} it is better to know that it is GitHub's than that it is some secret. */
    private Finding named(Finding finding, String text) {
        String secret = text.substring(finding.start(), finding.end());
        return scan(secret).stream()
                .filter(inner -> inner.covers(secret))
                .findFirst()
                .map(inner -> new Finding(inner.kind(), finding.start(), finding.end()))
                .orElse(finding);
    }
}
