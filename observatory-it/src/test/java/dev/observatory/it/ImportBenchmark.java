package dev.observatory.it;

import dev.observatory.it.Archive.Import;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.load.TranscriptTree;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The import of 500 MB, 400 of them in one file, without clients and with 50 that are told of it: {@code ./mvnw
 * -Pbenchmark verify}, on WildFly {@code ./mvnw -Pbenchmark,wildfly verify}. Prints how fast it was by the clock, and by
 * the CPU time of the one thread that reads, folds and keeps; and what memory the server needed.
 *
 * <p>By the clock it is the speed of one core only where all of it has but one: {@code taskset -c 0 ./mvnw …}, and then
 * only without clients, which are on the same machine.
 */
class ImportBenchmark extends ServerTest {

    private static final int CLIENTS = 50;

    @Test
    @DisplayName("import without clients and with 50")
    void importsArchives() throws IOException {
        Archive.of(server, new TranscriptTree.Shape(60_000_000, 50, 0, 1)).importAll(); // to warm up
        long before = server.processUse().getJsonNumber("heap_bytes").longValue();

        report(0, before, archive(2).importAll());

        Archive archive = archive(3);
        List<ConsoleClient> clients = server.connect(CLIENTS, "ws?channels=all_conversations,project_updates");
        Import told = archive.importAll();
        clients.forEach(archive::awaitToldTo);
        report(CLIENTS, before, told);
    }

    private Archive archive(long seed) throws IOException {
        TranscriptTree.Shape usual = TranscriptTree.Shape.DEFAULT;
        return Archive.of(server, new TranscriptTree.Shape(usual.bytes(), usual.files(), usual.bigFile(), seed));
    }

    private static void report(int clients, long heapBefore, Import done) {
        JsonObject use = done.use();
        System.out.printf(
                "import, %s, %d clients, %,d bytes, %,d lines: %.1f MB/s, %,.0f lines/s in %.1f s;"
                        + " %.1f MB/s of reading CPU, %.1f MB/s of all CPU;"
                        + " living heap %d MB before, %d MB after, peak of the process %d MB%n",
                System.getProperty("arquillian.launch"),
                clients,
                done.size().bytes(),
                done.size().lines(),
                done.speed(done.time()),
                done.size().lines() / (done.time().toMillis() / 1e3),
                done.time().toMillis() / 1e3,
                done.speed(done.readingCpu()),
                done.speed(done.serverCpu()),
                heapBefore >> 20,
                use.getJsonNumber("heap_bytes").longValue() >> 20,
                use.getJsonNumber("peak_bytes").longValue() >> 20);
    }
}
