/**
 * What makes a text fit to be kept and shown: secrets in it are replaced by {@code [redacted:<kind>]}.
 *
 * <p>{@link dev.observatory.redaction.Redactor} is the door. Lines of transcripts go through it as a whole, before
 * anything of them is kept, cut or told. What counts as a secret stands in the resource {@code redaction.patterns}, and in
 * a further file of the same form that {@link dev.observatory.redaction.RedactionConfig} may name.
 *
 * <p>It must not know what a record is, nor where texts come from or go to.
 */
package dev.observatory.redaction;
