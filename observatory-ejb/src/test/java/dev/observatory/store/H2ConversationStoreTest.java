package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
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

    @Test
    @DisplayName("has in its file whatever it has kept, also where it takes up room that has become free")
    void keptInTheFile() throws Exception {
        execute("set retention_time 0"); // or else nothing becomes free before 45 s
        for (int position = 1; position <= 50; position++) {
            store().keep(Samples.turn(Samples.place("c", "f", position), Samples.lines(position, position)));

            assertThat(positionInCopy()).isEqualTo(position);
        }
    }

    /** Of the file as it is now, which is what a killed process would leave. */
    private long positionInCopy() throws Exception {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Files.copy(
                folder.resolve("data/observatory.mv.db"),
                copy.resolve("observatory.mv.db"),
                StandardCopyOption.REPLACE_EXISTING);
        try (Connection connection = DriverManager.getConnection(H2Dialect.url(copy));
                Statement statement = connection.createStatement();
                ResultSet place = statement.executeQuery("select last_position from file")) {
            return place.next() ? place.getLong(1) : 0;
        }
    }
}
