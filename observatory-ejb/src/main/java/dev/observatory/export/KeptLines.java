package dev.observatory.export;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.FullRecordReader;
import dev.observatory.conversation.LineOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The lines of one conversation, by whose they are. Confined to one thread. */
final class KeptLines {

    /** Takes a line and writes something. */
    interface LineWriter {
        void write(PlacedLine line) throws IOException;
    }

    private final ConversationStore store;
    private final List<FilePlace> own = new ArrayList<>(1);
    private final SortedMap<String, List<FilePlace>> agents = new TreeMap<>();

    KeptLines(ConversationStore store, List<FilePlace> files) {
        this.store = store;
        for (FilePlace file : files) {
            String agent = FullRecordReader.agentOf(file);
            (agent == null ? own : agents.computeIfAbsent(agent, id -> new ArrayList<>(1))).add(file);
        }
    }

    /** The session's own files; nearly always one. */
    List<FilePlace> own() {
        return own;
    }

    /** The files of each sub-agent, by its id. */
    SortedMap<String, List<FilePlace>> agents() {
        return agents;
    }

    void forEach(List<FilePlace> files, LineWriter writer) throws IOException {
        try {
            store.lines(files, LineOrder.OLDEST_FIRST, null, line -> {
                try {
                    writer.write(line);
                    return true;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
