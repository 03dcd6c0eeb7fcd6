package dev.observatory.store;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The journal in PostgreSQL")
class PostgresJournalStoreTest extends JournalStoreContract {

    private DatabaseConfig config;

    @Override
    DatabaseConfig config() throws Exception {
        if (config == null) {
            config = PostgresServer.newDatabase();
        }
        return config;
    }
}
