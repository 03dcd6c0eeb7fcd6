package dev.observatory.conversation;

import dev.observatory.transcript.TranscriptLocation;
import dev.observatory.transcript.TranscriptRecord;
import java.util.List;
import java.util.function.BiConsumer;

/** A conversation that is folded once more from its kept lines. Used once, by one thread. */
final class Refolding {

    private final String id;
    private final Activity activity;
    private final Folding folding;
    private final Accounting accounting;
    private final BiConsumer<TranscriptLocation, TranscriptRecord> listener;

    private final ConversationFiles files = new ConversationFiles();

    /** That of the last line: a store may well give the same object for all lines of a file. */
    private FilePlace lastPlace;

    /** The file there; null when it is no transcript any more. */
    private TranscriptFile current;

    /** Null before the first line. */
    private Conversation sum;

    /**
     * @param activity is told of every record
     * @param listener is shown every record that counts
     */
    Refolding(
            String id,
            Activity activity,
            Folding folding,
            Accounting accounting,
            BiConsumer<TranscriptLocation, TranscriptRecord> listener) {
        this.id = id;
        this.activity = activity;
        this.folding = folding;
        this.accounting = accounting;
        this.listener = listener;
    }

    /** Reads all of it. Whoever else has read the conversation was told of its lines then. */
    void read(ConversationStore store) {
        List<FilePlace> places = store.files(id);
        places.forEach(this::add);
        store.lines(places, LineOrder.OLDEST_FIRST, null, this::add);
        if (sum != null) {
            sum.excerpts().settle();
            sum.tokens().takeChange();
        }
    }

    /** A file may have no lines of its own because it has moved there. */
    private void add(FilePlace place) {
        KeptConversations.locationOf(place)
                .ifPresent(location -> files.file(location).goOnBehind(place.position()));
    }

    /** The next line, in the order in which they were kept; passed over where no transcript would be any more. */
    private boolean add(ConversationStore.PlacedLine line) {
        FilePlace place = line.place();
        if (place != lastPlace) {
            lastPlace = place;
            current = KeptConversations.locationOf(place).map(files::file).orElse(null);
        }
        if (current != null) {
            add(current, folding.read(line.line()));
        }
        return true;
    }

    private void add(TranscriptFile file, Line line) {
        Conversation conversation = sum(file.location().projectDirectory());
        if (file.isNew(line.key())) {
            if (line.bad()) {
                file.countBadLine();
            }
            if (folding.add(file, line, conversation)) {
                listener.accept(file.location(), line.record());
            }
        }
    }

    /** @param directory where it lies if it has no line */
    Conversation sum(String directory) {
        if (sum == null) {
            sum = new Conversation(id, directory, activity, accounting);
        }
        return sum;
    }

    ConversationFiles files() {
        return files;
    }
}
