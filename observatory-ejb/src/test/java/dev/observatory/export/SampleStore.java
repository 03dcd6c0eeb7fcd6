package dev.observatory.export;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.LineMark;
import dev.observatory.conversation.StoreUnavailableException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The lines of one conversation, which may go away in the middle of them. */
final class SampleStore {

    private final Map<String, FilePlace> places = new LinkedHashMap<>();
    private final List<PlacedLine> lines = new ArrayList<>();
    private int linesLeft = Integer.MAX_VALUE;

    /** Keeps a line in which {@code '} stands for {@code "}. */
    SampleStore keep(String path, String line) {
        return keep(path, line.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 0);
    }

    SampleStore keep(String path, byte[] text, long skippedBytes) {
        FilePlace place = places.computeIfAbsent(
                path, file -> new FilePlace("/root", file, "c", null, 0, Instant.EPOCH, 0, 0, 0, 1, 0));
        lines.add(new PlacedLine(
                place, new KeptLine(lines.size() + 1, text, skippedBytes), new LineMark(lines.size() + 1, 0)));
        return this;
    }

    SampleStore goAwayAfter(int count) {
        linesLeft = count;
        return this;
    }

    List<FilePlace> files() {
        return List.copyOf(places.values());
    }

    /** The store itself, which can do nothing else than show lines. */
    ConversationStore store() {
        return (ConversationStore) Proxy.newProxyInstance(
                ConversationStore.class.getClassLoader(),
                new Class<?>[] {ConversationStore.class},
                (proxy, method, arguments) -> {
                    show((Collection<?>) arguments[0], (Predicate<?>) arguments[3]);
                    return null;
                });
    }

    private void show(Collection<?> files, Predicate<?> reader) {
        @SuppressWarnings("unchecked")
        Predicate<PlacedLine> lineReader = (Predicate<PlacedLine>) reader;
        for (PlacedLine line : lines) {
            if (files.contains(line.place())) {
                if (linesLeft-- == 0) {
                    throw new StoreUnavailableException("away", null);
                }
                lineReader.test(line);
            }
        }
    }
}
