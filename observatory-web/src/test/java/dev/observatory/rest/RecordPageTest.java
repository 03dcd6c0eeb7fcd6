package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.conversation.FullRecord;
import dev.observatory.conversation.LineMark;
import dev.observatory.conversation.LineOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A page of records")
class RecordPageTest {

    private static final String PROMPT = "{'type':'user','message':{'content':'hi'}}";
    private static final String PROGRESS = "{'type':'progress'}";

    private static RecordQuery query(int limit, String... kinds) {
        return new RecordQuery(null, Set.of(kinds), limit, null, LineOrder.OLDEST_FIRST, false);
    }

    private static RecordPage filled(RecordQuery query, List<PlacedLine> lines) {
        RecordPage page = new RecordPage(query);
        lines.stream().allMatch(page);
        return page;
    }

    private static List<Long> positions(RecordPage page) {
        return page.records().stream()
                .map(FullRecord::source)
                .map(source -> source.line().position())
                .toList();
    }

    private static List<PlacedLine> lines(String... texts) {
        List<PlacedLine> lines = new ArrayList<>();
        for (String text : texts) {
            lines.add(Lines.line(lines.size() + 1, text));
        }
        return lines;
    }

    @Test
    @DisplayName("ends at its limit, and says where the next begins if there is one")
    void limit() {
        RecordPage part = filled(query(2), lines(PROMPT, PROMPT, PROMPT));
        assertThat(positions(part)).containsExactly(1L, 2L);
        assertThat(part.next()).isEqualTo(new LineMark(2, 0));

        RecordPage all = filled(query(2), lines(PROMPT, PROMPT));
        assertThat(positions(all)).containsExactly(1L, 2L);
        assertThat(all.next()).isNull();
    }

    @Test
    @DisplayName("has only the kinds asked for, and goes on behind those it has passed over")
    void kinds() {
        RecordPage page = filled(query(2, "prompt"), lines(PROGRESS, PROMPT, PROGRESS, PROMPT, PROGRESS));

        assertThat(positions(page)).containsExactly(2L, 4L);
        assertThat(page.next()).isEqualTo(new LineMark(4, 0));
        assertThat(filled(query(2, "title"), lines(PROGRESS, PROMPT)).next()).isNull();
    }

    @Test
    @DisplayName("ends before it has more bytes than fit, but a longer line has one of its own")
    void bytes() {
        String half = "{'type':'user','message':{'content':'" + "x".repeat(3 << 20) + "'}}";
        String huge = "{'type':'user','message':{'content':'" + "x".repeat(6 << 20) + "'}}";

        assertThat(positions(filled(query(9), lines(PROMPT, half, half)))).containsExactly(1L, 2L);
        assertThat(positions(filled(query(9), lines(PROMPT, huge)))).containsExactly(1L);
        RecordPage alone = filled(query(9), lines(huge, PROMPT));
        assertThat(positions(alone)).containsExactly(1L);
        assertThat(alone.next()).isEqualTo(new LineMark(1, 0));
    }

    @Test
    @DisplayName("ends without any record when there was too much to look at, and yet says where to go on")
    void muchToRead() {
        byte[] long8 =
                ("{\"type\":\"progress\",\"x\":\"" + "x".repeat(8 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
        List<PlacedLine> lines = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            lines.add(Lines.line(i, long8, 0));
        }
        RecordPage page = filled(query(9, "prompt"), lines);

        assertThat(page.records()).isEmpty();
        assertThat(page.next()).isEqualTo(new LineMark(8, 0));
    }
}
