package dev.observatory.conversation;

import dev.observatory.transcript.TranscriptLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Reads one file piece by piece into a feed, as a watcher would. */
final class SampleReading {

    private final Room room;
    private final ConversationFeed feed;
    private final TranscriptLocation file;
    private final byte[] bytes;
    private int position;

    SampleReading(Room room, TranscriptLocation file) {
        this.room = room;
        feed = room.feed;
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
        room.flush(file, live ? Arrival.LIVE : Arrival.BACKLOG);
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
