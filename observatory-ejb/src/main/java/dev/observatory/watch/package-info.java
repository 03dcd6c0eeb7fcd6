/**
 * Watching: finds transcript files below the watched roots and hands every complete line of them over, once and in the
 * file's order, within milliseconds of its being written.
 *
 * <p>{@link dev.observatory.watch.TranscriptWatcher} is started by the container and asked for its
 * {@link dev.observatory.watch.WatchStatus} by whoever reports on the system. Lines go to the conversation room, changes
 * of files become {@link dev.observatory.message.FileUpdate} drafts.
 *
 * <p>How it works: sweeps over the directories are the truth, notifications of the operating system are only hints
 * where to look first. All tailing is confined to one reading thread ({@code WatchLoop}); every other thread can only
 * put requests into its queue.
 *
 * <p>It must not know what a line means: it never parses one, and it knows neither the journal nor any client.
 */
package dev.observatory.watch;
