package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.conversation.StoreUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An H2 file of another process")
class KilledProcessTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("has every turn once and whole that was acknowledged, at whatever moment the process was killed")
    void killed() throws Exception {
        Random random = new Random();
        long position = 0;
        for (int i = 0; i < 5; i++) {
            long acknowledged;
            try (ChildProcess writer = new ChildProcess(folder, position)) {
                int turns = 1 + random.nextInt(400);
                long told = position;
                while (turns-- > 0) {
                    told = writer.nextPosition();
                }
                acknowledged = writer.kill(told);
            }
            position = kept(acknowledged);
        }
    }

    /** @return how many lines there are: those acknowledged, and perhaps another turn */
    private long kept(long acknowledged) {
        try (Database database = new Database(DatabaseConfig.ofFolder(folder))) {
            SqlConversationStore store = new SqlConversationStore(database);
            List<String> lines = new ArrayList<>();
            store.lines("c", (place, line) -> lines.add(Samples.shown(line)));
            assertThat((long) lines.size()).isIn(acknowledged, acknowledged + KilledWriter.LINES);
            assertThat(store.places().get(0).position()).isEqualTo(lines.size());
            assertThat(lines)
                    .isEqualTo(LongStream.rangeClosed(1, lines.size())
                            .mapToObj(p -> Samples.shown(Samples.line(p, KilledWriter.text(p))))
                            .toList());
            return lines.size();
        }
    }

    @Test
    @DisplayName("is refused by name while that runs, and opened when it has ended")
    void inUse() throws Exception {
        try (Database database = new Database(DatabaseConfig.ofFolder(folder))) {
            SqlConversationStore store = new SqlConversationStore(database);
            try (ChildProcess writer = new ChildProcess(folder, 0)) {
                writer.nextPosition();
                assertThatThrownBy(store::places)
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining(
                                folder.resolve("observatory.mv.db").toString())
                        .hasMessageContaining("is open in another process");
            }
            assertThat(store.places()).hasSize(1);
        }
    }
}
