package dev.observatory.search;

import static dev.observatory.search.Lines.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.search.Following.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The index")
class FollowingTest {

    @TempDir
    Path folder;

    private final List<String> log = new ArrayList<>();
    private final Handler recording = new Handler() {
        @Override
        public void publish(LogRecord logRecord) {
            log.add(logRecord.getMessage());
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };
    private final Logger logger = Logger.getLogger(Following.class.getName());
    private SearchRoom room;

    @BeforeEach
    void open() {
        logger.addHandler(recording);
        room = new SearchRoom(folder);
    }

    @AfterEach
    void close() {
        room.close();
        logger.removeHandler(recording);
    }

    @Test
    @DisplayName("is there at once for an empty store, and says how far it is behind")
    void tellsHowFarBehind() {
        room.follow();
        assertThat(room.find("word")).isEmpty();
        room.keep("c", "f", prompt("u1", "word"));
        room.keep("c", "f", prompt("u2", "x".repeat(2 << 20)));
        room.keep("c", "f", prompt("u3", "word"));

        assertThat(room.following.step()).isEqualTo(Outcome.MORE);
        assertThat(room.following.behind()).as("with what cannot be found yet").isEqualTo(3);
        room.following.refresh();
        assertThat(room.following.behind()).isEqualTo(1);
        assertThat(room.following.step()).isEqualTo(Outcome.DONE);
        room.following.refresh();
        assertThat(room.following.behind()).isZero();
        room.keep("c", "f", prompt("u4", "word"));
        assertThat(room.following.behind()).as("without a step since").isEqualTo(1);
        assertThat(log).isEmpty();
    }

    @Test
    @DisplayName("goes on where it was when it is opened again")
    void restarts() {
        room.say("c", prompt("u1", "word"));
        room.restart();
        room.keep("c", "f", prompt("u2", "word"));

        assertThat(room.following.step()).isEqualTo(Outcome.DONE);
        room.following.refresh();
        assertThat(room.find("word")).containsExactlyInAnyOrder("u1", "u2");
        assertThat(log).isEmpty();
    }

    @Test
    @DisplayName("loses nothing and has nothing twice when the process is killed, before a commit and after")
    void killed() {
        room.say("c", prompt("u1", "word"), "{\"content\":\"word\"}");
        room.restartKilled();
        room.follow();
        assertThat(room.find("word")).hasSize(2);

        room.following.commit();
        room.say("c", prompt("u2", "word"));
        room.restartKilled();
        room.say("c", prompt("u3", "word"));

        assertThat(room.find("word")).containsExactlyInAnyOrder("u1", null, "u2", "u3");
    }

    @Test
    @DisplayName("can be deleted, and is then built anew from the store")
    void deleted() {
        room.say("c", prompt("u1", "word"), prompt("u2", "word"));
        room.restartWithoutIndex();
        room.follow();

        assertThat(room.find("word")).containsExactlyInAnyOrder("u1", "u2");
    }

    @Test
    @DisplayName("can be deleted while it is in use, and is then built anew")
    void deletedInUse() throws IOException {
        room.say("c", prompt("u1", "word"));
        for (Path file : indexFiles()) {
            Files.delete(file);
        }
        room.keep("c", "f", prompt("u2", "word"));
        Outcome outcome = room.following.step();
        room.following.commit();
        assertThat(outcome).isIn(Outcome.DONE, Outcome.TROUBLE);
        room.follow();

        assertThat(room.find("word")).containsExactlyInAnyOrder("u1", "u2");
        assertThat(log).isNotEmpty();
        try (Stream<Path> files = Files.list(room.indexFolder())) {
            assertThat(files).isNotEmpty();
        }
    }

    @ParameterizedTest
    @DisplayName("is built anew when it is damaged, and the log says so once")
    @ValueSource(strings = {"segments_", ".si", ".cfs", ".cfe"})
    void damaged(String part) throws IOException {
        room.say("c", prompt("u1", "word"));
        room.following.close();
        List<Path> hit = indexFiles().stream()
                .filter(file -> file.getFileName().toString().contains(part))
                .toList();
        assertThat(hit).isNotEmpty();
        for (Path file : hit) {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        }
        room.open(SearchRoom.CHARACTERS);

        assertThat(room.following.step()).isEqualTo(Outcome.TROUBLE);
        room.follow();
        assertThat(room.find("word")).containsExactly("u1");
        assertThat(log).singleElement().asString().contains("damaged", "built anew");
    }

    @Test
    @DisplayName("is built anew when it was made with another limit")
    void otherLimit() {
        room.say("c", prompt("u1", "beginning " + "x ".repeat(100) + "end"));
        room.following.close();
        room.open(50);
        room.follow();

        assertThat(room.find("beginning")).containsExactly("u1");
        assertThat(room.find("end")).isEmpty();
    }

    @Test
    @DisplayName("of another store is not used")
    void otherStore() {
        room.say("c", prompt("u1", "word"));
        room.following.close();
        room.store.execute("delete from identity");
        room.store.execute("delete from segment");
        room.open(SearchRoom.CHARACTERS);
        room.keep("c", "f", prompt("u2", "word"));
        room.follow();

        assertThat(room.find("word")).containsExactly("u2");
        assertThat(log).singleElement().asString().contains("another store");
    }

    @Test
    @DisplayName("is not used when the store was set back to an older state, whether it has grown since or not")
    void storeSetBack() {
        room.say("c", prompt("u1", "word"));
        room.say("c", prompt("u2", "word"));
        room.following.close();
        room.store.execute("delete from segment where number = (select max(number) from segment)");
        room.open(SearchRoom.CHARACTERS);
        room.follow();
        assertThat(room.find("word")).containsExactly("u1");

        room.say("c", prompt("u3", "word"));
        room.following.close();
        room.store.execute("delete from segment where number = (select max(number) from segment)");
        room.store.execute(
                "alter table segment alter column number restart with (select max(number) + 1 from segment)");
        room.keep("c", "f", prompt("u4", "word"));
        room.open(SearchRoom.CHARACTERS);
        room.follow();
        assertThat(room.find("word")).containsExactlyInAnyOrder("u1", "u4");
    }

    @Test
    @DisplayName("in use by another process leaves all else alone, is told once, and is taken when it is free")
    void inUse() throws IOException {
        Files.createDirectories(room.indexFolder());
        room.keep("c", "f", prompt("u1", "word"));
        try (FSDirectory directory = FSDirectory.open(room.indexFolder());
                Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            assertThat(room.following.step()).isEqualTo(Outcome.TROUBLE);
            assertThat(room.following.step()).isEqualTo(Outcome.TROUBLE);
            assertThatThrownBy(() -> room.find("word")).isInstanceOf(SearchUnavailableException.class);
        }
        room.follow();

        assertThat(room.find("word")).containsExactly("u1");
        assertThat(log).hasSize(2);
        assertThat(log.get(0)).contains("in use by another process");
        assertThat(log.get(1)).contains("again");
    }

    @Test
    @DisplayName("that cannot be written is told once and tried again")
    void unwritable() throws IOException {
        Files.writeString(room.indexFolder(), "a file");
        room.keep("c", "f", prompt("u1", "word"));
        assertThat(room.following.step()).isEqualTo(Outcome.TROUBLE);
        assertThat(room.following.step()).isEqualTo(Outcome.TROUBLE);
        Files.delete(room.indexFolder());
        room.follow();

        assertThat(room.find("word")).containsExactly("u1");
        assertThat(log).hasSize(2);
    }

    @Test
    @DisplayName("waits for a store that is away")
    void storeAway() {
        room.store.close();
        assertThat(room.following.step()).isEqualTo(Outcome.TROUBLE);
        assertThat(room.following.step()).isEqualTo(Outcome.TROUBLE);

        assertThatThrownBy(() -> room.following.index()).isInstanceOf(SearchUnavailableException.class);
        assertThat(log).isEmpty();
    }

    @Test
    @DisplayName("forgets conversations for good, also when it is killed or built anew")
    void forgets() {
        room.say("a", prompt("a1", "word"));
        room.say("b", prompt("b1", "word"));
        room.say("c", prompt("c1", "word"));
        room.store.execute("delete from file where conversation_id in ('a', 'b')");
        room.following.forget(List.of("a", "b", "none"));
        room.follow();
        assertThat(room.find("word")).containsExactly("c1");
        assertThat(room.search(SearchRoom.request("word")).total()).isEqualTo(1);

        room.restartKilled();
        room.follow();
        assertThat(room.search(SearchRoom.request("word")).total()).isEqualTo(1);
        room.restartWithoutIndex();
        room.follow();
        assertThat(room.search(SearchRoom.request("word")).total()).isEqualTo(1);
    }

    @Test
    @DisplayName("can be in memory, and is then gone when it is closed")
    void inMemory() throws IOException {
        room.keep("c", "f", prompt("u1", "word"));
        SearchConfig config = new SearchConfig(new IndexFolder(Optional.empty()), 1000);
        for (int i = 0; i < 2; i++) {
            Following memory = new Following(room.store.segments(), config, new TranscriptAnalyzer());
            assertThat(memory.step()).isEqualTo(Outcome.DONE);
            memory.refresh();
            assertThat(memory.index().acquire().getIndexReader().numDocs()).isEqualTo(1);
            memory.close();
        }
        assertThat(room.indexFolder()).doesNotExist();
    }

    @Test
    @DisplayName("is for its owner alone")
    void isPrivate() throws IOException {
        room.follow();

        assertThat(Files.getPosixFilePermissions(room.indexFolder())).hasSize(3);
    }

    private List<Path> indexFiles() throws IOException {
        try (Stream<Path> files = Files.list(room.indexFolder())) {
            return files.toList();
        }
    }
}
