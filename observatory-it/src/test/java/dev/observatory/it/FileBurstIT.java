package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FileBurstIT extends ServerTest {

    /** As {@code observatory.watch.file-updates-per-second} is set for these tests. */
    private static final int RATE = 300;

    private static final int FILES = 50;
    private static final int APPENDS = 1000;

    @Test
    @DisplayName(
            "B3.4 of a burst of 1,000 appends to 50 files the last state of every file is told, at the rate that is set")
    void coalesces() {
        ConsoleClient client = server.subscriber("file_events");
        List<AgentFiles> agents = Stream.generate(Server::agent)
                .limit(FILES)
                .peek(agent -> agent.append(agent.prompt("first")))
                .toList();
        agents.forEach(agent -> awaitSize(client, agent));
        int before = client.inbox().all(FileBurstIT::isUpdate).size();

        long start = System.nanoTime();
        for (int i = FILES; i < APPENDS; i++) {
            AgentFiles agent = agents.get(i % FILES);
            agent.append(agent.prompt("line " + i));
        }
        agents.forEach(agent -> awaitSize(client, agent));
        double seconds = (System.nanoTime() - start) / 1e9;

        int told = client.inbox().all(FileBurstIT::isUpdate).size() - before;
        // after a quiet second a second's worth may come at once
        assertThat(told).isGreaterThanOrEqualTo(FILES).isLessThanOrEqualTo((int) (RATE * (seconds + 1)) + 1);
        agents.forEach(agent -> assertThat(client.inbox().all(of(agent)).stream()
                        .mapToLong(frame ->
                                frame.data().getJsonNumber("appended_bytes").longValue())
                        .sum())
                .isEqualTo(size(agent)));
    }

    private static void awaitSize(ConsoleClient client, AgentFiles agent) {
        Awaitility.await()
                .alias("the last state of " + agent.file())
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    List<Frame> updates = client.inbox().all(of(agent));
                    return !updates.isEmpty()
                            && updates.get(updates.size() - 1)
                                            .data()
                                            .getJsonNumber("size")
                                            .longValue()
                                    == size(agent);
                });
    }

    private static boolean isUpdate(Frame frame) {
        return frame.is("file_update");
    }

    private static Predicate<Frame> of(AgentFiles agent) {
        return frame ->
                isUpdate(frame) && agent.file().toString().endsWith(frame.data().getString("path"));
    }

    private static long size(AgentFiles agent) {
        try {
            return Files.size(agent.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
