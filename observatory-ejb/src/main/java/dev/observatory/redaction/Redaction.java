package dev.observatory.redaction;

import java.util.List;

/**
 * A text on its way to be redacted. Immutable.
 *
 * @param keep how much of it is wanted, in characters
 */
record Redaction(String text, int keep) {

    /** The same text with marks instead of the findings, of which none overlaps another. */
    Redaction without(List<Finding> findings) {
        StringBuilder redacted = new StringBuilder(text.length());
        int copied = 0;
        int kept = keep;
        for (Finding finding : findings) {
            redacted.append(text, copied, finding.start()).append(finding.mark());
            copied = finding.end();
            if (finding.start() < keep) {
                // a secret across the cut is kept as a mark, a whole one
                kept = Math.max(keep, copied) - copied + redacted.length();
            }
        }
        return new Redaction(redacted.append(text, copied, text.length()).toString(), kept);
    }

    /** The wanted part. */
    String kept() {
        if (keep == text.length()) {
            return text;
        }
        boolean splits = keep > 0 && Character.isHighSurrogate(text.charAt(keep - 1));
        return text.substring(0, splits ? keep - 1 : keep);
    }
}
