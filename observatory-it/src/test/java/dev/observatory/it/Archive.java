package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import dev.observatory.it.load.TranscriptTree;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A generated tree that comes into the place of a root which did not exist before, so that the server takes it for a
 * backlog, as it does with what lies there at its start. So one server can import many trees, one after the other.
 */
final class Archive {

    /** Longer than the largest takes on a slow machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final AtomicInteger USED = new AtomicInteger();

    private final Server server;
    private final Path built;
    private final Path root;
    private final TranscriptTree.Size size;

    /** The newest of the files, which is read first. */
    private final AgentFiles first;

    /** The oldest, which is read last. */
    private final AgentFiles last;

    /**
     * What an import took.
     *
     * @param time from the first file's end to the last one's
     * @param readingCpu of the thread that reads
     * @param serverCpu of the whole server
     * @param use what the server's process used after it
     */
    record Import(TranscriptTree.Size size, Duration time, Duration readingCpu, Duration serverCpu, JsonObject use) {

        /** Megabytes in a second of that. */
        double speed(Duration duration) {
            return size.bytes() / 1e3 / Math.max(1, duration.toNanos() / 1e6);
        }
    }

    private Archive(Server server, TranscriptTree.Shape shape) throws IOException {
        this.server = server;
        int number = USED.incrementAndGet();
        Path folder = Path.of(System.getProperty("observatory.it.archives"));
        root = folder.resolve(Integer.toString(number));
        built = folder.resolve("built-" + number);
        size = TranscriptTree.write(built, shape);
        date(built, Instant.now().minus(Duration.ofDays(30)));
        first = single(Instant.now().minus(Duration.ofDays(1)));
        last = single(Instant.now().minus(Duration.ofDays(300)));
    }

    /** What is older than conversations are kept would be passed over. */
    private static void date(Path folder, Instant modified) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(modified));
            }
        }
    }

    /** Writes a tree, which the server does not see yet. */
    static Archive of(Server server, TranscriptTree.Shape shape) throws IOException {
        return new Archive(server, shape);
    }

    private AgentFiles single(Instant modified) throws IOException {
        AgentFiles agent = new AgentFiles(built);
        agent.append(agent.prompt("alone"));
        Files.setLastModifiedTime(agent.file(), FileTime.from(modified));
        return agent;
    }

    /** Lets the server find the tree, and waits until all of it is read. */
    Import importAll() throws IOException {
        ConsoleClient observer = server.subscriber("conversation:" + first.id(), "conversation:" + last.id());
        JsonObject before = server.processUse();
        long readBefore = backlog("bytes_done");
        Files.move(built, root);
        Frame start = awaitTold(observer, first);
        Frame end = awaitTold(observer, last);
        JsonObject after = server.processUse();
        Import result = new Import(
                size,
                Duration.ofNanos(end.nanos() - start.nanos()),
                growth("reading_cpu_nanos", before, after),
                growth("cpu_nanos", before, after),
                after);
        observer.close();
        Awaitility.await().until(() -> backlog("bytes_done") - readBefore >= size.bytes());
        return result;
    }

    /** The last thing that is told of it. */
    void awaitToldTo(ConsoleClient client) {
        awaitTold(client, last);
    }

    private static Frame awaitTold(ConsoleClient client, AgentFiles agent) {
        List<Frame> told = Awaitility.await()
                .alias("the import of a generated tree")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> client.inbox().all(TranscriptFeedIT.conversation(agent)),
                        frames -> !frames.isEmpty() || client.inbox().hasEnded());
        assertThat(told).as("what came before the connection ended").isNotEmpty();
        return told.get(0);
    }

    private static Duration growth(String use, JsonObject before, JsonObject after) {
        return Duration.ofNanos(
                after.getJsonNumber(use).longValue() - before.getJsonNumber(use).longValue());
    }

    /** As the status has it, which is up to a second old. */
    private long backlog(String figure) {
        return Server.json(server.get("api/status", 200))
                .getJsonObject("watch")
                .getJsonObject("backlog")
                .getJsonNumber(figure)
                .longValue();
    }
}
