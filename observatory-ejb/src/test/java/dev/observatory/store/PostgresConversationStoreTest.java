package dev.observatory.store;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The store in PostgreSQL")
class PostgresConversationStoreTest extends ConversationStoreContract {

    private DatabaseConfig config;

    @Override
    DatabaseConfig config() throws Exception {
        if (config == null) {
            config = PostgresServer.newDatabase();
        }
        return config;
    }
}
