package dev.observatory.watch;

import dev.observatory.conversation.Arrival;
import dev.observatory.conversation.ConversationFeed;
import dev.observatory.conversation.FileOwner;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.HookEvent;
import dev.observatory.conversation.HookFigures;
import dev.observatory.conversation.Progress;
import dev.observatory.conversation.QuietConversation;
import dev.observatory.transcript.TranscriptLocation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gives the lines to the conversations. Confined to the reading thread. */
final class ConversationSink implements LineSink {

    private final ConversationFeed feed;

    ConversationSink(ConversationFeed feed) {
        this.feed = feed;
    }

    @Override
    public void load() {
        feed.load();
    }

    @Override
    public List<FilePlace> takePlaces() {
        return feed.takePlaces();
    }

    @Override
    public boolean available() {
        return feed.available();
    }

    @Override
    public String trouble() {
        return feed.storeTrouble();
    }

    @Override
    public void begin(TranscriptLocation file, boolean fromStart) {
        feed.begin(file, fromStart);
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
    public void flush(TranscriptLocation file, Arrival arrival, Progress progress) {
        feed.flush(file, arrival, progress);
    }

    @Override
    public void report(HookEvent event) {
        feed.report(event);
    }

    @Override
    public void tick() {
        feed.tick();
    }

    @Override
    public List<String> quietSince(Instant time) {
        return feed.quietSince(time);
    }

    @Override
    public Optional<QuietConversation> quiet(String conversationId, Instant time) {
        return feed.quiet(conversationId, time);
    }

    @Override
    public void forget(List<String> conversationIds) {
        feed.forget(conversationIds);
    }

    @Override
    public boolean purge() {
        return feed.purge();
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

    @Override
    public HookFigures hooks() {
        return feed.hooks();
    }
}
