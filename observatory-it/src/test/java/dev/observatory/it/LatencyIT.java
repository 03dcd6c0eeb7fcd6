package dev.observatory.it;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The promised times, from the append to a file to the client's receipt. {@code AppendBenchmark} has the true ones. */
class LatencyIT extends ServerTest {

    private static final int WARM_UP = 100;
    private static final int SAMPLES = 100;
    private static final double PROMISE_MS = 50;

    @Test
    @DisplayName("B3.5 B9.1 from append to receipt of a conversation's update it takes less than 50 ms for 95 % of 500"
            + " appends")
    void appends() throws Exception {
        TimingPromise.assertKept(
                PROMISE_MS,
                () -> percentile95(500, "all_conversations", TranscriptFeedIT::conversation, LatencyIT::lines));
    }

    @Test
    @DisplayName("B9.2 a file change reaches its subscribers within 50 ms")
    void files() throws Exception {
        TimingPromise.assertKept(
                PROMISE_MS, () -> percentile95(SAMPLES, "file_events", LatencyIT::ofFile, LatencyIT::size));
    }

    @Test
    @DisplayName("B9.3 a project's change reaches its subscribers within 50 ms")
    void projects() throws Exception {
        TimingPromise.assertKept(
                PROMISE_MS,
                () -> percentile95(SAMPLES, "project_updates", TranscriptFeedIT::project, LatencyIT::lines));
    }

    /**
     * Appends line after line, each when the one before has been told, and takes the time of each.
     *
     * @param figure what of an update grows with each line
     */
    private double percentile95(
            int samples, String channel, Function<AgentFiles, Predicate<Frame>> update, ToLongFunction<Frame> figure) {
        AgentFiles agent = Server.agent();
        ConsoleClient client = server.subscriber(channel);
        List<Double> millis = new ArrayList<>();
        long told = 0;
        for (int i = 0; i < WARM_UP + samples; i++) {
            String line = agent.prompt("line " + i);
            long before = told;
            long from = System.nanoTime();
            agent.append(line);
            Frame frame = client.await(update.apply(agent).and(f -> figure.applyAsLong(f) > before));
            told = figure.applyAsLong(frame);
            if (i >= WARM_UP) {
                millis.add((frame.nanos() - from) / 1e6);
            }
        }
        return millis.stream().sorted().skip(samples * 95 / 100 - 1).findFirst().orElseThrow();
    }

    private static Predicate<Frame> ofFile(AgentFiles agent) {
        return TranscriptFeedIT.file(agent, "modified").or(TranscriptFeedIT.file(agent, "created"));
    }

    private static long lines(Frame update) {
        return update.data().getInt("message_count");
    }

    private static long size(Frame update) {
        return update.data().getJsonNumber("size").longValue();
    }
}
