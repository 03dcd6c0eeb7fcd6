package dev.observatory.export;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.LineMark;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The kept lines as they are, the session's own file first and then those of its sub-agents, each in its order: what
 * tools expect that read transcripts. A line that was skipped for its length is a record of ours.
 *
 * <p>No line of ours says where the end is, so the lines are read twice: first for their length alone. What is kept
 * after that is left out.
 */
public final class JsonLinesExport implements Export {

    private final KeptLines lines;

    /** The last line of each file; files without lines are left out. */
    private final Map<FilePlace, LineMark> ends = new LinkedHashMap<>();

    private final long length;

    /**
     * Finds out how long it will be.
     *
     * @throws dev.observatory.conversation.StoreUnavailableException when the lines cannot be read now
     */
    public JsonLinesExport(ConversationStore store, List<FilePlace> files) throws IOException {
        lines = new KeptLines(store, files);
        long sum = 0;
        for (FilePlace file : lines.own()) {
            sum += measure(file);
        }
        for (List<FilePlace> agent : lines.agents().values()) {
            for (FilePlace file : agent) {
                sum += measure(file);
            }
        }
        length = sum;
    }

    private long measure(FilePlace file) throws IOException {
        long[] sum = new long[1];
        lines.forEach(List.of(file), line -> {
            sum[0] += bytes(line).length + 1;
            ends.put(file, line.mark());
        });
        return sum[0];
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(length);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        for (Map.Entry<FilePlace, LineMark> file : ends.entrySet()) {
            lines.forEach(List.of(file.getKey()), line -> {
                if (line.mark().compareTo(file.getValue()) <= 0) {
                    out.write(bytes(line));
                    out.write('\n');
                }
            });
        }
    }

    private static byte[] bytes(PlacedLine line) {
        long skipped = line.line().skippedBytes();
        return skipped == 0
                ? line.line().text()
                : Markdown.bytes("{\"type\":\"observatory-skipped-line\",\"bytes\":" + skipped + "}");
    }

    @Override
    public String brokenOff() {
        return "";
    }
}
