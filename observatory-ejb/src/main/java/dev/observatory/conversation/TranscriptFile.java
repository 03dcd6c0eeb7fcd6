package dev.observatory.conversation;

import dev.observatory.transcript.TranscriptLocation;
import dev.observatory.transcript.TranscriptRecord;
import java.util.ArrayList;
import java.util.List;

/** How far a transcript file is known. Confined to the watch thread. */
final class TranscriptFile {

    /** A record that waits until it is known whom the file belongs to. */
    record Held(long position, TranscriptRecord record) {}

    /** Most records that wait: any file of the older layout tells its session in the first. */
    private static final int MAX_HELD = 1000;

    private final TranscriptLocation location;

    /** Of all lines ever counted under the file's name, so that reading it again changes nothing. */
    private final KeySet seen;

    /** The number of the last line, blank ones left out. */
    private long position;

    private long badLines;
    private List<Held> held = new ArrayList<>(0);

    /** Null while not known. */
    private Conversation owner;

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

    boolean isNew(Key key) {
        return seen.add(key) >= 0;
    }

    long badLines() {
        return badLines;
    }

    void countBadLine() {
        badLines++;
    }

    Conversation owner() {
        return owner;
    }

    void hold(long position, TranscriptRecord record) {
        if (held.size() < MAX_HELD) {
            held.add(new Held(position, record));
        }
    }

    /** Makes the owner known, and gives out what has waited for it. */
    List<Held> ownedBy(Conversation conversation) {
        owner = conversation;
        List<Held> waiting = held;
        held = List.of();
        return waiting;
    }
}
