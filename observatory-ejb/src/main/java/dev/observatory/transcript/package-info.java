/**
 * The language of Claude Code's transcript files: which files are transcripts and whose, and what one line of them says.
 *
 * <p>{@link dev.observatory.transcript.TranscriptLocation} judges a file by its path alone, {@link
 * dev.observatory.transcript.TranscriptParser} reads a line into a {@link dev.observatory.transcript.TranscriptRecord}
 * or refuses it as a {@link dev.observatory.transcript.BadLine}. {@link
 * dev.observatory.transcript.DetailReader} gives the content of the few in full that somebody looks at. Called by the rooms {@code watch} and {@code
 * conversation}. The format is internal to Claude Code and changes often, so only what is needed is looked at, and
 * whatever is unknown passes.
 *
 * <p>It must not know what the records add up to, nor where the bytes come from.
 */
package dev.observatory.transcript;
