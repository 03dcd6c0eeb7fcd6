package dev.observatory.store;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The segments in PostgreSQL")
class PostgresKeptSegmentsTest extends KeptSegmentsContract {

    private DatabaseConfig config;

    @Override
    DatabaseConfig config() throws Exception {
        if (config == null) {
            config = PostgresServer.newDatabase();
        }
        return config;
    }
}
