package dev.observatory.transcript;

import java.time.Instant;

/**
 * All that a record says, for those who look for words. Immutable.
 *
 * @param uuid null for records that carry none
 * @param timestamp null for records without a time
 * @param text prompts, answers, thoughts, titles, names and inputs of tools and their results, each on a line of its
 *     own; empty when the record says nothing
 * @param cut whether there was more
 */
public record RecordText(String uuid, Instant timestamp, String text, boolean cut) {}
