package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The promised times, from the append to a file to the client's receipt. {@code AppendBenchmark} has the true ones. */
class LatencyIT extends ServerTest {

    private static final int WARM_UP = 100;
    private static final int SAMPLES = 100;
    private static final double PROMISE_MS = 50;

    @Test
    @DisplayName("B9.1 a conversation's update reaches its subscribers within 50 ms")
    void conversations() {
        assertThat(percentile95("all_conversations", TranscriptFeedIT::conversation))
                .isLessThan(PROMISE_MS);
    }

    @Test
    @DisplayName("B9.2 a file change reaches its subscribers within 50 ms")
    void files() {
        assertThat(percentile95(
                        "file_events",
                        agent -> TranscriptFeedIT.file(agent, "modified").or(TranscriptFeedIT.file(agent, "created"))))
                .isLessThan(PROMISE_MS);
    }

    @Test
    @DisplayName("B9.3 a project's change reaches its subscribers within 50 ms")
    void projects() {
        assertThat(percentile95("project_updates", TranscriptFeedIT::project)).isLessThan(PROMISE_MS);
    }

    /** Appends line after line, each when the one before has come, and takes the time of each. */
    private double percentile95(String channel, Function<AgentFiles, Predicate<Frame>> update) {
        AgentFiles agent = Server.agent();
        ConsoleClient client = server.subscriber(channel);
        Predicate<Frame> wanted = update.apply(agent);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < WARM_UP + SAMPLES; i++) {
            String line = agent.prompt("line " + i);
            long from = System.nanoTime();
            agent.append(line);
            Frame frame = client.inbox().awaitCount(i + 1, wanted).get(i);
            if (i >= WARM_UP) {
                millis.add((frame.nanos() - from) / 1e6);
            }
        }
        return millis.stream().sorted().skip(SAMPLES * 95 / 100 - 1).findFirst().orElseThrow();
    }
}
