package dev.observatory.store;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Alerts in an H2 file")
class H2AlertStoreTest extends AlertStoreContract {

    @TempDir
    Path folder;

    @Override
    DatabaseConfig config() {
        return DatabaseConfig.ofFolder(folder.resolve("data"));
    }
}
