package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Cameras in PostgreSQL")
class PostgresCameraStoreTest extends CameraStoreContract {

    private DatabaseConfig config;

    @Override
    DatabaseConfig config() throws Exception {
        if (config == null) {
            config = PostgresServer.newDatabase();
        }
        return config;
    }

    @Override
    void preferIndexes(Handle handle) {
        for (String other : List.of("sort", "incremental_sort", "seqscan", "bitmapscan")) {
            handle.execute("set local enable_" + other + " = off");
        }
    }

    @Override
    void assertInOrderOfAnIndex(String plan) {
        assertThat(plan).contains("Index Scan").doesNotContain("Sort", "Seq Scan", "Bitmap");
    }

    @Test
    @DisplayName("compares ids by their bytes, whatever the locale of the database is")
    void bytewise() throws Exception {
        try (Database database = new Database(config())) {
            List<String> collations = database.read(
                    handle -> handle.createQuery("select table_name || '.' || column_name || ' ' || collation_name"
                                    + " from information_schema.columns where table_name in"
                                    + " ('camera', 'security_event', 'detection', 'alert') and column_name like '%id'"
                                    + " and data_type = 'character varying'")
                            .mapTo(String.class)
                            .list());

            assertThat(collations)
                    .containsExactlyInAnyOrder(
                            "camera.id C",
                            "security_event.id C",
                            "security_event.camera_id C",
                            "detection.id C",
                            "detection.camera_id C",
                            "alert.id C");
        }
    }
}
