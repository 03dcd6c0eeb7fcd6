/**
 * What makes a text fit to be kept and shown: secrets in it are replaced by {@code [redacted:<kind>]}.
 *
 * <p>{@link dev.observatory.redaction.Redactor} is the door. The room {@code transcript} calls it for every text that it
 * takes from a record, before the text is cut; whoever stores lines as they are calls it for the whole line. What counts
 * as a secret stands in the resource {@code redaction.patterns}, and in a further file of the same form that {@link
 * dev.observatory.redaction.RedactionConfig} may name.
 *
 * <p>It must not know what a record is, nor where texts come from or go to.
 */
package dev.observatory.redaction;
