package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The journal in an H2 file")
class H2JournalStoreTest extends JournalStoreContract {

    @TempDir
    Path folder;

    @Override
    DatabaseConfig config() {
        return DatabaseConfig.ofFolder(folder.resolve("data"));
    }

    @Test
    @DisplayName("has forced to the disk that the journal has begun, so that a power failure brings back no image")
    void forcesItsBeginning() {
        ForceCounting.register();
        String url = H2Dialect.url(folder).replace("jdbc:h2:file:", "jdbc:h2:forced:");
        try (Database database = new Database(DatabaseConfig.ofUrl(url, "sa", ""))) {
            SqlJournalStore store = new SqlJournalStore(database);
            assertThat(store.drafts()).isEmpty();
            int before = ForceCounting.forced();

            store.open();

            assertThat(ForceCounting.forced()).isGreaterThan(before);
        }
    }
}
