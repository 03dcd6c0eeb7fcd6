package dev.observatory.conversation;

import dev.observatory.transcript.TranscriptLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Reads one file piece by piece into a feed, as a watcher would. */
final class SampleReading {

    private final ConversationFeed feed;
    private final TranscriptLocation file;
    private final byte[] bytes;
    private int position;

    SampleReading(ConversationFeed feed, TranscriptLocation file) {
        this.feed = feed;
        this.file = file;
        try {
            bytes = Files.readAllBytes(file.root().resolve(file.path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasMore() {
        return position < bytes.length;
    }

    void all() {
        turn(Integer.MAX_VALUE, false);
    }

    /** Reads so many lines and flushes. */
    void turn(int lines, boolean live) {
        for (int i = 0; i < lines && hasMore(); i++) {
            line();
        }
        feed.flush(file, live);
    }

    private void line() {
        int end = position;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        boolean unfinished = end == bytes.length;
        if (!unfinished || !feed.restingLine(file, bytes, position, end - position)) {
            feed.line(file, bytes, position, end - position);
        }
        position = end + 1;
    }
}
