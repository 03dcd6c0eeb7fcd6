package dev.observatory.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * One pass over one text: walks through it until a literal ends, and only there tries the rules it belongs to. Used once,
 * by one thread.
 */
final class Scan {

    private final List<Rule> rules;
    private final Triggers triggers;
    private final String text;

    /** By the rules' numbers, null where none was needed yet; null as long as no literal was found. */
    private Matcher[] matchers;

    private int state = Triggers.START;
    private int position;

    /** Where the last finding ended. No other begins before. */
    private int done;

    Scan(List<Rule> rules, Triggers triggers, String text) {
        this.rules = rules;
        this.triggers = triggers;
        this.text = text;
    }

    /** All secrets in the text, in their order; none overlaps another. */
    List<Finding> findings() {
        if (!advance()) {
            return List.of();
        }
        matchers = new Matcher[rules.size()];
        List<Finding> findings = new ArrayList<>(0);
        do {
            Finding finding = examine();
            if (finding != null) {
                position = Math.max(position, finding.end());
                done = position;
                state = Triggers.START;
                if (!finding.kind().isEmpty()) {
                    findings.add(finding);
                }
            }
        } while (advance());
        return findings;
    }

    /** Goes on behind the next literal's end; false at the end of the text. */
    private boolean advance() {
        int length = text.length();
        int at = state;
        for (int i = position; i < length; i++) {
            at = triggers.next(at, text.charAt(i));
            if (triggers.ends(at)) {
                state = at;
                position = i + 1;
                return true;
            }
        }
        position = length;
        return false;
    }

    /** The first rule that applies to a literal that ends here; null when none does. */
    private Finding examine() {
        for (Triggers.Hit hit : triggers.hits(state)) {
            int start = position - hit.length();
            Finding finding = start < done ? null : rules.get(hit.rule()).at(start, matcher(hit.rule()), text.length());
            if (finding != null && isAcceptable(finding)) {
                return finding;
            }
        }
        return null;
    }

    /** What was replaced before is not replaced again. */
    private boolean isAcceptable(Finding finding) {
        return finding.kind().isEmpty()
                || finding.start() >= done
                        && finding.start() < finding.end()
                        && !text.startsWith(Rule.MARK, finding.start());
    }

    private Matcher matcher(int rule) {
        if (matchers[rule] == null) {
            matchers[rule] = rules.get(rule).matcher(text);
        }
        return matchers[rule];
    }
}
