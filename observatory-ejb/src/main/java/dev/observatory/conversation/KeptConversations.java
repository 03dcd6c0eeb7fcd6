package dev.observatory.conversation;

import dev.observatory.message.RecordExcerpt;
import dev.observatory.transcript.TranscriptLocation;
import dev.observatory.transcript.TranscriptParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What of conversations is not in memory, out of the store. Thread-safe. */
final class KeptConversations {

    /** How many lines are looked at for one record that is shown: most lines of some transcripts show none. */
    private static final int LINES_A_RECORD = 4;

    private final ConversationStore store;
    private final ConversationConfig config;
    private final Accounting accounting;
    private final Excerpts excerpts;

    KeptConversations(ConversationStore store, ConversationConfig config, Accounting accounting) {
        this.store = store;
        this.config = config;
        this.accounting = accounting;
        excerpts = new Excerpts(config.excerptCharacters());
    }

    /** Reads the whole conversation: about a second for a hundred megabytes. */
    ConversationDetails details(String conversationId) {
        DetailsFold details = new DetailsFold();
        Refolding refolding =
                new Refolding(conversationId, new Activity(), new Folding(config), accounting, details::take);
        refolding.read(store);
        return details.details(refolding.sum("").tokens().usage());
    }

    /** The last records, oldest first: {@value ExcerptLog#RECENT}, or fewer where many lines show none. */
    List<RecordExcerpt> lastRecords(String conversationId) {
        TranscriptParser parser = Folding.parser(config);
        List<RecordExcerpt> records = store.lastLines(conversationId, LINES_A_RECORD * ExcerptLog.RECENT).stream()
                .flatMap(placed -> excerpt(placed, parser).stream())
                .toList();
        return List.copyOf(records.subList(Math.max(0, records.size() - ExcerptLog.RECENT), records.size()));
    }

    private Optional<RecordExcerpt> excerpt(ConversationStore.PlacedLine placed, TranscriptParser parser) {
        return locationOf(placed.place())
                .flatMap(location -> Line.read(placed.line(), parser).excerpt(excerpts, location.agentId()));
    }

    /** Empty when files in such a place are no longer taken for transcripts. */
    static Optional<TranscriptLocation> locationOf(FilePlace place) {
        Path root = Path.of(place.root());
        return TranscriptLocation.of(root, root.resolve(place.path()));
    }
}
