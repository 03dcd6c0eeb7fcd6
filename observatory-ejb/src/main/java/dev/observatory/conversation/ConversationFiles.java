package dev.observatory.conversation;

import dev.observatory.transcript.TranscriptLocation;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of a conversation that is awake. Confined to the watch thread. */
final class ConversationFiles {

    /** What a file is called, wherever it lies: a renamed project folder does not make its sessions new. */
    private record Name(TranscriptLocation.Kind kind, String agentId) {

        static Name of(TranscriptLocation location) {
            return new Name(location.kind(), location.agentId());
        }
    }

    private final Map<TranscriptLocation, TranscriptFile> byLocation = new LinkedHashMap<>(2);

    /** The lines ever counted, by the names of the files they stand in. */
    private final Map<Name, KeySet> seen = new HashMap<>(2);

    /** The file in that place, made if it is not known. */
    TranscriptFile file(TranscriptLocation location) {
        return byLocation.computeIfAbsent(location, place -> new TranscriptFile(place, seenIn(place)));
    }

    /** Takes a file in that was nobody's. Its lines may have been seen in another place. */
    void add(TranscriptFile file) {
        file.seenWith(seenIn(file.location()));
        byLocation.put(file.location(), file);
    }

    private KeySet seenIn(TranscriptLocation location) {
        return seen.computeIfAbsent(Name.of(location), unknown -> new KeySet());
    }

    Collection<TranscriptFile> all() {
        return byLocation.values();
    }
}
