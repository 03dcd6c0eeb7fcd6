package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.load.TranscriptTree;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed again and again, while it imports an archive and while agents write, who go on when it is dead.
 * In the end it has to show what is in the files, and the same as a server that was never killed.
 *
 * <p>The long one of the two: {@code ./mvnw -Pslow -DskipUnitTests -Dit.test=KilledServerIT verify}, on WildFly with
 * {@code -Pslow,wildfly}. {@code -Dobservatory.it.seed=…} makes the same choices again; the moments differ all the same.
 */
class KilledServerIT {

    private static final int AGENTS = 3;

    /** So few that even a fast machine takes some seconds for an archive, and is killed near a commit. */
    private static final int TURN_BYTES = 1 << 14;

    /** When the archive is read, so many updates come at most before the next kill. */
    private static final int LIVE_UPDATES = 100;

    /** Every so many kills one comes before the server is ready. */
    private static final int EARLY = 5;

    private static final String[] SETTINGS = {
        "observatory.watch.turn-bytes=" + TURN_BYTES,
        "observatory.usage.zone=UTC",
        // the generator makes some up; without this lines are kept to the letter
        "observatory.redaction.except=secret,password"
    };

    @TempDir
    Path folder;

    private final long seed = Long.getLong("observatory.it.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    /** How many messages of the archive were kept after kills. */
    private final List<Integer> kept = new ArrayList<>();

    private TranscriptTree.Shape archive;
    private int archivedMessages;
    private OwnServer victim;
    private LiveAgents agents;
    private Duration startTime;

    @Test
    @DisplayName(
            "a server that is killed in the midst of an import and of live lines loses nothing, counts nothing twice,"
                    + " and has kept whatever it told")
    void killedTwice() throws Exception {
        kill(2, new TranscriptTree.Shape(12_000_000, 20, 4_000_000, 1));
    }

    @Test
    @Tag("slow")
    @DisplayName(
            "a server that is killed twenty times in the midst of an import and of live lines loses nothing, counts"
                    + " nothing twice, and has kept whatever it told")
    void killedTwentyTimes() throws Exception {
        kill(20, new TranscriptTree.Shape(150_000_000, 100, 60_000_000, 2));
    }

    private void kill(int kills, TranscriptTree.Shape shape) throws Exception {
        System.out.println("KilledServerIT: -Dobservatory.it.seed=" + seed);
        archive = shape;
        TranscriptTree.write(watched(), shape);
        date(watched());
        archivedMessages = TranscriptTruth.of(watched()).messages();
        try (OwnServer killed = server("killed");
                OwnServer spared = server("spared");
                LiveAgents writing = new LiveAgents(watched(), AGENTS, seed)) {
            victim = killed;
            agents = writing;
            Instant start = Instant.now();
            victim.start().awaitReady();
            startTime = Duration.between(start, Instant.now());

            int importing = (kills + 1) / 2;
            for (int kill = 1; kill <= kills; kill++) {
                Told told = kill <= importing
                        ? killImporting((kill - 1 + random.nextDouble()) / (importing + 1))
                        : killLive();
                agents.awaitMore(1 + random.nextInt(20));
                if (kill % EARLY == EARLY - 1) {
                    killStarting();
                    kill++;
                }
                if (kill == kills) {
                    spared.start();
                }
                restart(told, kept.isEmpty() || random.nextBoolean());
            }
            agents.awaitMore(20);
            agents.end();
            compare(victim.awaitReady(), spared.awaitReady());
        }
    }

    private Path watched() {
        return folder.resolve("watched");
    }

    private OwnServer server(String name) throws IOException {
        List<String> settings = new ArrayList<>(List.of(SETTINGS));
        settings.add("observatory.watch.roots=" + watched());
        return OwnServer.plain(Files.createDirectory(folder.resolve(name)), settings.toArray(new String[0]));
    }

    /** Spreads the files over the time for which conversations are kept; what is older would be passed over. */
    private void date(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Instant modified = Instant.now().minus(Duration.ofHours(24 + random.nextInt(24 * 300)));
                Files.setLastModifiedTime(file, FileTime.from(modified));
            }
        }
    }

    /**
     * Kills it in the midst of the import.
     *
     * @param share how much of the archive is to be read at least
     */
    private Told killImporting(double share) throws InterruptedException {
        Server server = victim.awaitReady();
        int messages = 1 + (int) (share * archivedMessages);
        return killWhen(client -> archivedMessages(server) >= messages);
    }

    /** Kills it when it has read the archive and follows the agents. */
    private Told killLive() throws InterruptedException {
        Server server = victim.awaitReady();
        await().alias("the archive is read").until(() -> hasReadArchive(server));
        int updates = 1 + random.nextInt(LIVE_UPDATES);
        return killWhen(client -> client.messages().size() >= updates);
    }

    private Told killWhen(Predicate<ConsoleClient> condition) throws InterruptedException {
        try (ConsoleClient client = victim.connect("?channels=all_conversations")) {
            await().pollInterval(Duration.ofMillis(3)).until(() -> condition.test(client));
            victim.kill();
            return Told.to(client);
        }
    }

    /** Kills it while it starts, whatever it does just then. */
    private void killStarting() throws Exception {
        victim.start();
        Duration life = startTime.multipliedBy(random.nextInt(120)).dividedBy(100);
        assertThat(victim.awaitEnd(life)).as("ended by itself").isFalse();
        victim.kill();
    }

    /** @param checked whether it first has to show what it has kept, while the files are away */
    private void restart(Told told, boolean checked) throws Exception {
        if (checked) {
            agents.whileStill(() -> {
                Path away = Files.move(watched(), folder.resolve("away"));
                Server server = victim.start().awaitReady();
                await().untilAsserted(() -> told.isKnownTo(server));
                kept.add(archivedMessages(server));
                return Files.move(away, watched());
            });
        } else {
            victim.start().awaitReady();
        }
    }

    private boolean hasReadArchive(Server server) {
        JsonObject watch = Server.json(server.get("api/status", 200)).getJsonObject("watch");
        return watch.getInt("files") == archive.files() + AGENTS && watch.getInt("lag_bytes") < TURN_BYTES;
    }

    private int archivedMessages(Server server) {
        Map<String, JsonObject> archived = new TreeMap<>(SampleTranscripts.shown(server));
        archived.keySet().removeAll(agents.ids());
        return archived.values().stream()
                .mapToInt(conversation -> conversation.getInt("message_count"))
                .sum();
    }

    private void compare(Server victim, Server spared) throws IOException {
        TranscriptTruth truth = TranscriptTruth.of(watched());
        for (Server server : List.of(spared, victim)) {
            await().untilAsserted(() -> assertThat(Shown.figures(server)).isEqualTo(truth.figures()));
            assertThat(Shown.tokens(server)).isEqualTo(truth.tokens());
        }
        Shown shown = Shown.by(victim);
        Shown expected = Shown.by(spared);
        assertThat(shown.conversations()).isEqualTo(expected.conversations());
        assertThat(shown.projects()).isEqualTo(expected.projects());
        assertThat(shown.totals()).isEqualTo(expected.totals());
        assertThat(shown.found()).isEqualTo(expected.found());
        Map<String, List<String>> lines = new TreeMap<>();
        truth.figures().keySet().forEach(id -> lines.putAll(Shown.lines(victim, id)));
        assertThat(lines.keySet()).isEqualTo(truth.lines().keySet());
        lines.forEach((file, found) ->
                assertThat(found).as(file).isEqualTo(truth.lines().get(file)));

        System.out.println("KilledServerIT: " + archivedMessages + " messages, kept after kills: " + kept);
        assertThat(kept)
                .as("messages of the archive that were kept when the server was killed, of %s", archivedMessages)
                .anyMatch(some -> some > 0 && some < archivedMessages);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(100));
    }
}
