package dev.observatory.store;

import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.ReadTurn;
import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.Tokens;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Values to keep. */
final class Samples {

    static final Instant TIME = Instant.parse("2025-03-01T12:34:56.123456Z");

    private Samples() {}

    static FilePlace place(String conversationId, String path, long position) {
        return new FilePlace("/root", path, conversationId, "(dev=1,inode=2)", 1000, TIME, 900, 400, -77L, position, 3);
    }

    static KeptLine line(long position, String text) {
        return new KeptLine(position, text.getBytes(StandardCharsets.UTF_8), 0);
    }

    /** Lines with the positions from one to another, both included. */
    static List<KeptLine> lines(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(position -> line(position, "line " + position))
                .toList();
    }

    static ReadTurn turn(FilePlace place, List<KeptLine> lines) {
        return new ReadTurn(place, lines, List.of(), List.of(), List.of(), Map.of());
    }

    static ReadTurn states(List<ConversationUpdate> conversations, List<ProjectUpdate> projects) {
        return new ReadTurn(null, List.of(), conversations, projects, List.of(), Map.of());
    }

    static ConversationUpdate conversation(String id, String title, long version) {
        return new ConversationUpdate(
                id,
                "project",
                "session",
                title,
                ConversationState.WAITING,
                1,
                2,
                3,
                new Tokens(4, 5, 6, Long.MAX_VALUE),
                new BigDecimal("12.3400"),
                "model",
                "main",
                "/home/user",
                "path/to/file.jsonl",
                TIME,
                TIME.plusSeconds(1),
                Change.APPENDED,
                version,
                List.of());
    }

    static ConversationUpdate emptyConversation(String id) {
        return new ConversationUpdate(
                id,
                null,
                null,
                null,
                ConversationState.ENDED,
                0,
                0,
                0,
                Tokens.NONE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Change.CREATED,
                1,
                List.of());
    }

    static ProjectUpdate project(String id, String name, long version) {
        return new ProjectUpdate(
                id,
                name,
                "/home/user/" + name,
                true,
                1,
                2,
                3,
                new Tokens(4, 5, 6, 7),
                new BigDecimal("0.00000001"),
                TIME,
                TIME.plusSeconds(1),
                TIME.plusSeconds(2),
                version);
    }

    static ProjectUpdate emptyProject(String id) {
        return new ProjectUpdate(id, null, null, false, 0, 0, 0, Tokens.NONE, null, null, null, null, 1);
    }

    /** A line that can be compared, and read in a failure's message. */
    static String shown(KeptLine line) {
        String text = line.text().length > 1000
                ? line.text().length + " bytes, hash " + Arrays.hashCode(line.text())
                : new String(line.text(), StandardCharsets.ISO_8859_1);
        return line.position() + " [" + text + "]"
                + (line.skippedBytes() == 0 ? "" : " skipped " + line.skippedBytes());
    }
}
