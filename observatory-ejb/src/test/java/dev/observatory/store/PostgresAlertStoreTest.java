package dev.observatory.store;

import org.junit.jupiter.api.DisplayName;

@DisplayName("Alerts in PostgreSQL")
class PostgresAlertStoreTest extends AlertStoreContract {

    private DatabaseConfig config;

    @Override
    DatabaseConfig config() throws Exception {
        if (config == null) {
            config = PostgresServer.newDatabase();
        }
        return config;
    }
}
