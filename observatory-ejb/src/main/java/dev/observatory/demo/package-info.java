/**
 * A demonstration for people without transcripts: writes synthetic sessions about an invented shop into a folder of its
 * own, as fast as a session really goes, for as long as the application runs.
 *
 * <p>The room {@code watch} starts it when the setting {@code observatory.demo} is on, and then watches its folder
 * instead of the real ones. What is played stands in the resource {@code scripts.txt}.
 *
 * <p>It must not know who reads the folder, and shares no code with the reading side: it writes what Claude Code would
 * write, and nothing tells its files from real ones.
 */
package dev.observatory.demo;
