package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.StoreUnavailableException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A database that is away")
class DatabaseAwayTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("at the start, lost and back again, is used whenever it is there, and told of once a change")
    void comesAndGoes() throws Exception {
        int port = freePort();
        DatabaseConfig config = DatabaseConfig.ofUrl(
                "jdbc:postgresql://localhost:" + port + "/postgres?password=secret", "postgres", "postgres");
        try (LogRecording log = new LogRecording();
                Database database = new Database(config)) {
            ConversationStore store = new SqlConversationStore(database);
            assertAway(store);
            assertAway(store);
            assertThat(log.messages()).hasSize(1);

            try (EmbeddedPostgres server = start(port)) {
                keep(store, 1);
                store.check();
                assertThat(log.messages()).hasSize(2).last().asString().endsWith("works again");
            }
            assertAway(store);
            assertAway(store);
            int told = log.messages().size();
            assertAway(store);
            assertThat(log.messages()).hasSize(told).noneMatch(message -> message.contains("secret"));

            try (EmbeddedPostgres server = start(port)) {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .ignoreExceptions()
                        .untilAsserted(() -> keep(store, 2));
                assertThat(store.places()).hasSize(1);
                assertThat(log.messages()).last().asString().endsWith("works again");
            }
        }
    }

    private static void assertAway(ConversationStore store) {
        assertThatThrownBy(store::check).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> keep(store, 1))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("The database jdbc:postgresql://localhost:")
                .hasMessageContaining("cannot be reached");
    }

    private static void keep(ConversationStore store, long position) {
        store.keep(Samples.turn(Samples.place("c", "f", position), Samples.lines(position, position)));
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return PostgresServer.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .start();
    }

    /** Below those that systems give to clients: one of these might be taken while the database is away. */
    private static int freePort() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(20_000, 32_000))
                .limit(1000)
                .filter(DatabaseAwayTest::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port)) {
            return free.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @DisplayName("because its folder cannot be made, is opened once it can")
    void folder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (Database database = new Database(DatabaseConfig.ofFolder(file.resolve("data")))) {
            ConversationStore store = new SqlConversationStore(database);
            assertThatThrownBy(store::places)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(file.toString());
            Files.delete(file);
            assertThat(store.places()).isEmpty();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolve("data"))))
                .isEqualTo("rwx------");
    }

    @Test
    @DisplayName("because its file is damaged, is told with its file's name, and left alone")
    void damaged() throws IOException {
        Path file = Files.writeString(folder.resolve("observatory.mv.db"), "no database ".repeat(1000));
        try (Database database = new Database(DatabaseConfig.ofFolder(folder))) {
            ConversationStore store = new SqlConversationStore(database);
            assertThatThrownBy(store::check)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("corrupt");
        }
        assertThat(file).hasContent("no database ".repeat(1000));
    }

    @Test
    @DisplayName("is not named with its password")
    void description() {
        assertThat(List.of(
                        "jdbc:postgresql://me:secret@host/db",
                        "jdbc:postgresql://host/db?user=me&password=secret",
                        "jdbc:h2:file:/x;PASSWORD=secret"))
                .extracting(url -> DatabaseConfig.ofUrl(url, "u", "p").description())
                .containsExactly(
                        "The database jdbc:postgresql://host/db",
                        "The database jdbc:postgresql://host/db",
                        "The database jdbc:h2:file:/x");
    }

    @Test
    @DisplayName("of another kind is refused at once")
    void otherKind() {
        assertThatThrownBy(() -> DatabaseConfig.ofUrl("jdbc:mysql://host/db", "u", "p"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("observatory.database.url");
    }
}
