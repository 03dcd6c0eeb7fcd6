package dev.observatory.store;

import dev.observatory.alert.AlertStore;
import dev.observatory.camera.CameraStore;
import dev.observatory.config.Settings;
import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.KeptSegments;
import dev.observatory.journal.JournalStore;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Hands out the stores of the configured database, and closes it when the application ends. The database is opened by
 * the first call of a store; one that is away then is looked for again by every further call.
 */
@ApplicationScoped
public class StoreProducer {

    @Inject
    @ConfigProperty(name = "observatory.data.dir")
    String dataFolder;

    @Inject
    @ConfigProperty(name = "observatory.database.url")
    Optional<String> url;

    @Inject
    @ConfigProperty(name = "observatory.database.user")
    Optional<String> user;

    @Inject
    @ConfigProperty(name = "observatory.database.password")
    Optional<String> password;

    @Inject
    @ConfigProperty(name = "observatory.database.jndi")
    Optional<String> jndi;

    @Inject
    Config config;

    private Database database;

    @PostConstruct
    void prepare() {
        DatabaseConfig configured = new DatabaseConfig(Path.of(dataFolder), url, user, password, jndi);
        // what is made up must not mix with what the user has
        database = new Database(new Settings(config).flag("observatory.demo") ? DatabaseConfig.IN_MEMORY : configured);
    }

    @Produces
    @Singleton
    ConversationStore conversations() {
        return new SqlConversationStore(database);
    }

    @Produces
    @Singleton
    KeptSegments segments() {
        return new SqlKeptSegments(database);
    }

    @Produces
    @Singleton
    JournalStore journal() {
        return new SqlJournalStore(database);
    }

    @Produces
    @Singleton
    CameraStore cameras() {
        return new SqlCameraStore(database);
    }

    @Produces
    @Singleton
    AlertStore alerts() {
        return new SqlAlertStore(database);
    }

    @PreDestroy
    void close() {
        database.close();
    }
}
