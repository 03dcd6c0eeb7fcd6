package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Cameras in an H2 file")
class H2CameraStoreTest extends CameraStoreContract {

    @TempDir
    Path folder;

    @Override
    DatabaseConfig config() {
        return DatabaseConfig.ofFolder(folder.resolve("data"));
    }

    @Override
    void preferIndexes(Handle handle) {
        // it does so for any number of rows
    }

    @Override
    void assertInOrderOfAnIndex(String plan) {
        assertThat(plan).contains("/* index sorted */").doesNotContain("tableScan");
    }
}
