/**
 * Whole conversations as one text, for people and for other tools: Markdown and JSON Lines.
 *
 * <p>{@link dev.observatory.export.Export} is the door; {@code rest} calls it. What is written comes from the store line
 * by line, so that a conversation may be larger than memory. This room must not know how the text travels.
 */
package dev.observatory.export;
