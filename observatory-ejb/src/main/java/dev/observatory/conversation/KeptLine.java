package dev.observatory.conversation;

/**
 * A line as it is kept: secrets are out, all else is as it was written.
 *
 * @param position its number in the file, from 1, blank lines left out
 * @param text UTF-8 as it stood there, without its newline, perhaps no valid JSON; empty for a line that was too long
 * @param skippedBytes how long a line was that was skipped for its length; 0 for all others
 */
public record KeptLine(long position, byte[] text, long skippedBytes) {}
