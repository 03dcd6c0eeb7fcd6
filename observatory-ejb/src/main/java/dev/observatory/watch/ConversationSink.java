package dev.observatory.watch;

import dev.observatory.conversation.ConversationFeed;
import dev.observatory.conversation.FileOwner;
import dev.observatory.transcript.TranscriptLocation;
import java.util.Optional;

/** Gives the lines to the conversations. Confined to the reading thread. */
final class ConversationSink implements LineSink {

    private final ConversationFeed feed;

    ConversationSink(ConversationFeed feed) {
        this.feed = feed;
    }

    @Override
    public void line(TranscriptLocation file, byte[] buffer, int offset, int length) {
        feed.line(file, buffer, offset, length);
    }

    @Override
    public boolean restingLine(TranscriptLocation file, byte[] buffer, int offset, int length) {
        return feed.restingLine(file, buffer, offset, length);
    }

    @Override
    public void oversizedLine(TranscriptLocation file, long bytes) {
        feed.oversizedLine(file, bytes);
    }

    @Override
    public void restart(TranscriptLocation file) {
        feed.restart(file);
    }

    @Override
    public void flush(TranscriptLocation file, boolean live) {
        feed.flush(file, live);
    }

    @Override
    public void tick() {
        feed.tick();
    }

    @Override
    public Optional<FileOwner> ownerOf(TranscriptLocation file) {
        return feed.ownerOf(file);
    }

    @Override
    public long records() {
        return feed.records();
    }

    @Override
    public long badLines() {
        return feed.badLines();
    }
}
