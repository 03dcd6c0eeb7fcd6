package dev.observatory.conversation;

import dev.observatory.transcript.TranscriptParser;

/**
 * How lines are read and become part of a conversation, the same way whether they come from a file or out of the store:
 * so a conversation that is read again from the store is what it was. Confined to the watch thread.
 */
final class Folding {

    /** Titles, slash commands and the marks of a prompt are to be found in a text however short excerpts are set. */
    private static final int MIN_TEXT = 1024;

    private final TranscriptParser parser;
    private final Excerpts excerpts;

    Folding(ConversationConfig config) {
        parser = parser(config);
        excerpts = new Excerpts(config.excerptCharacters());
    }

    static TranscriptParser parser(ConversationConfig config) {
        return new TranscriptParser(Math.max(config.excerptCharacters(), MIN_TEXT));
    }

    Line read(KeptLine kept) {
        return Line.read(kept, parser);
    }

    /**
     * Gives a line that is new in its file to a conversation.
     *
     * @return whether it is a record that counts
     */
    boolean add(TranscriptFile file, Line line, Conversation conversation) {
        boolean counts = false;
        if (line.oversized()) {
            conversation.takeStub(file.location());
        } else if (!line.bad()) {
            counts = conversation.take(file.location(), line.record(), line.kind());
        }
        line.excerpt(excerpts, file.location().agentId()).ifPresent(conversation.excerpts()::add);
        return counts;
    }
}
