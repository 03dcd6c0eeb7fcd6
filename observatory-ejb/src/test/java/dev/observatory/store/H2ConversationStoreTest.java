package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The store in an H2 file")
class H2ConversationStoreTest extends ConversationStoreContract {

    @TempDir
    Path folder;

    @Override
    DatabaseConfig config() {
        return DatabaseConfig.ofFolder(folder.resolve("data"));
    }

    @Test
    @DisplayName("brings a schema to its end that was left half-made")
    void halfMadeSchema() throws Exception {
        store().keep(Samples.turn(Samples.place("c", "f", 1), Samples.lines(1, 1)));
        execute("drop table segment");
        execute("update \"flyway_schema_history\" set \"success\" = false");
        close();
        open();

        store().keep(Samples.turn(Samples.place("c", "f", 2), Samples.lines(2, 2)));
        assertThat(store().places()).containsExactly(Samples.place("c", "f", 2));
        assertThat(store().lastLines("c", 9)).hasSize(1);
    }
}
