package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.Archive.Import;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.load.TranscriptTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What broadcasting takes from watching. Several trees are imported by turns, without clients and with 50, and of either
 * kind the quickest counts: on a machine that others use, too, everything else only adds. As long as that is not enough
 * for an answer, more of both kinds are measured.
 *
 * <p>Throughput is counted in CPU time of the thread that reads the files, not in elapsed time. Encoding, numbering and
 * queueing for the clients is done by that thread, so what broadcasting costs the import shows in it; sending is done by
 * other threads, and would show if it were not. The elapsed time would show above all that 50 clients run on the machine
 * of this test, on the same cores. {@code ImportBenchmark} has it.
 *
 * <p>The files are smaller than an archive's mostly are, so that there is more to be told of what is read.
 */
class ImportThroughputIT extends ServerTest {

    private static final int ROUNDS = 6;
    private static final int CLIENTS = 50;

    /** Of a second without clients, at least this is left of what is read in it. */
    private static final double KEPT = 0.8;

    private int seed;

    @Test
    @DisplayName("W3.5 an import loses less than a fifth of its throughput to 50 clients who are told of it")
    void staysFast() throws IOException {
        // either kind for its own code to be warm
        importAlone();
        importTold();

        List<Import> alone = new ArrayList<>();
        List<Import> told = new ArrayList<>();
        for (int round = 0; round < ROUNDS && (told.isEmpty() || !isFast(told, alone)); round++) {
            alone.add(importAlone());
            told.add(importTold());
        }

        assertThat(isFast(told, alone)).as("told: %s, alone: %s", told, alone).isTrue();
    }

    private static boolean isFast(List<Import> told, List<Import> alone) {
        return best(told) > KEPT * best(alone);
    }

    private Import importAlone() throws IOException {
        return archive().importAll();
    }

    private Import importTold() throws IOException {
        Archive archive = archive();
        List<ConsoleClient> clients = server.connect(CLIENTS, "ws?channels=all_conversations,project_updates");
        Import result = archive.importAll();
        clients.forEach(archive::awaitToldTo);
        clients.forEach(ConsoleClient::close);
        return result;
    }

    private Archive archive() throws IOException {
        return Archive.of(server, new TranscriptTree.Shape(12_000_000, 60, 0, ++seed));
    }

    private static double best(List<Import> imports) {
        return imports.stream()
                .mapToDouble(one -> one.speed(one.readingCpu()))
                .max()
                .orElseThrow();
    }
}
