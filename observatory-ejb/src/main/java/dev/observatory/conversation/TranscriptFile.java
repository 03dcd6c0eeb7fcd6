package dev.observatory.conversation;

import dev.observatory.transcript.TranscriptLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How far a transcript file is known. Confined to the watch thread. */
final class TranscriptFile {

    /** Most lines that wait for an owner to be known: any file of the older layout tells its session in the first. */
    private static final int MAX_OWNERLESS = 1000;

    private final TranscriptLocation location;

    /** Of all lines ever counted under the file's name, so that reading it again changes nothing. */
    private KeySet seen;

    /** New lines that are not in the store yet. */
    private final List<KeptLine> unkept = new ArrayList<>(0);

    /** The number of the last line, blank ones left out. */
    private long position;

    private long badLines;

    /** Whom its records say it belongs to, before that is settled; null if none has said it. */
    private String claim;

    /** Null while not known. */
    private Dossier owner;

    /** @param seen shared by all places where a file of this name has been met: it may move to another folder */
    TranscriptFile(TranscriptLocation location, KeySet seen) {
        this.location = location;
        this.seen = seen;
    }

    TranscriptLocation location() {
        return location;
    }

    /** Lines come again from the first. */
    void restart() {
        position = 0;
    }

    long nextPosition() {
        return ++position;
    }

    long position() {
        return position;
    }

    void goOnBehind(long lastPosition) {
        position = lastPosition;
    }

    boolean isNew(Key key) {
        return seen.add(key) >= 0;
    }

    /** From now on what was seen there counts as seen here. */
    void seenWith(KeySet elsewhere) {
        seen = elsewhere;
    }

    long badLines() {
        return badLines;
    }

    void countBadLine() {
        badLines++;
    }

    /** Takes note of a new line that the store will have to keep. */
    void add(KeptLine line) {
        if (owner != null || claim != null || unkept.size() < MAX_OWNERLESS) {
            unkept.add(line);
        }
    }

    /** Now that the file has an owner: those of the waiting lines that were not seen in another place. */
    List<Line> takeNew(Function<KeptLine, Line> reader) {
        List<Line> lines =
                unkept.stream().map(reader).filter(line -> isNew(line.key())).toList();
        unkept.clear();
        lines.forEach(line -> unkept.add(line.kept()));
        return lines;
    }

    List<KeptLine> unkept() {
        return List.copyOf(unkept);
    }

    void kept() {
        unkept.clear();
    }

    boolean isKept() {
        return unkept.isEmpty();
    }

    String claim() {
        return claim;
    }

    /** The first claim counts. */
    void claimedBy(String conversationId) {
        claim = claim == null ? conversationId : claim;
    }

    Dossier owner() {
        return owner;
    }

    void ownedBy(Dossier conversation) {
        owner = conversation;
    }
}
