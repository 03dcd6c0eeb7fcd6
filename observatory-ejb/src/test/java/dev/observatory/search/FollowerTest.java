package dev.observatory.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The thread that keeps up the index")
class FollowerTest {

    @TempDir
    Path folder;

    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private SearchRoom room;
    private Follower follower;

    @BeforeEach
    void open() {
        room = new SearchRoom(folder);
        follower = new Follower(room.following, task -> {
            Thread thread = new Thread(task);
            started.add(thread);
            return thread;
        });
    }

    @AfterEach
    void close() {
        follower.stop();
        room.close();
    }

    @Test
    @DisplayName("lets be found what was kept before it began and since")
    void follows() {
        room.keep("c", "f", Lines.prompt("u1", "word"));
        follower.supervise();
        awaitFound("u1");
        room.keep("c", "f", Lines.prompt("u2", "word"));
        awaitFound("u1", "u2");

        assertThat(started).singleElement().satisfies(thread -> {
            assertThat(thread.getName()).isEqualTo("observatory-search");
            assertThat(thread.getPriority()).isEqualTo(Thread.MIN_PRIORITY);
        });
    }

    @Test
    @DisplayName("is started again when it has died, and not while it lives")
    void isSupervised() {
        follower.supervise();
        follower.supervise();
        assertThat(started).hasSize(1);
        started.get(0).interrupt();
        await(() -> !started.get(0).isAlive());
        follower.supervise();
        assertThat(started).hasSize(2);
        room.keep("c", "f", Lines.prompt("u", "word"));

        awaitFound("u");
    }

    @Test
    @DisplayName("ends with the application, and is not started again")
    void stops() {
        room.keep("c", "f", Lines.prompt("u", "word"));
        follower.supervise();
        awaitFound("u");
        follower.stop();
        follower.supervise();

        assertThat(started)
                .singleElement()
                .satisfies(thread -> assertThat(thread.isAlive()).isFalse());
        room.open(SearchRoom.CHARACTERS);
        room.follow();
        assertThat(room.find("word")).containsExactly("u");
    }

    private void awaitFound(String... uuids) {
        await(() -> {
            try {
                return List.of(uuids).equals(room.find("word").stream().sorted().toList());
            } catch (SearchUnavailableException notYet) {
                return false;
            }
        });
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
