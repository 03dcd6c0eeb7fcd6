package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Follower;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Connections that last for long, in the short: as many messages as come in many a day. */
class EnduranceIT extends ServerTest {

    private static final String CHANNEL = "topic:endurance";
    private static final int THREADS = 2;
    private static final int PER_THREAD = 1000;

    /** Until the code is compiled and what the journal keeps in memory is as much as it ever gets. */
    private static final int WARM_UP = 35;

    private static final int ROUNDS = 51;
    private static final int RUNS = 3;

    /** The pools of servers grow for a while; what left a thread behind would do so in every round. */
    private static final int FURTHER_THREADS = ROUNDS - 1;

    private final List<Follower> followers = new ArrayList<>();
    private ConsoleClient restless;
    private long broadcasts;

    @Test
    @DisplayName(
            "B5.3 W4.5 W5.3 100,000 broadcasts to long-lived connections leave memory and threads as they were, and"
                    + " the last third is as fast as the first")
    void endures() throws Exception {
        followers.add(server.follower(CHANNEL, "Sec-WebSocket-Protocol: observatory.v1"));
        followers.add(server.follower(CHANNEL, "Sec-WebSocket-Protocol: observatory.v1"));
        followers.add(server.follower(CHANNEL));
        restless = server.subscriber("topic:restless");
        for (int i = 0; i < WARM_UP; i++) {
            round();
        }
        JsonObject before = settled();

        List<Double> slowdowns = new ArrayList<>();
        do {
            slowdowns.add(slowdown());
        } while (slowdowns.get(slowdowns.size() - 1) > 1.15 && slowdowns.size() < RUNS);

        JsonObject after = settled();
        assertThat(slowdowns.get(slowdowns.size() - 1))
                .as("time of the last third by that of the first; in all runs %s", slowdowns)
                .isLessThanOrEqualTo(1.15);
        assertThat(after.getJsonNumber("heap_bytes").doubleValue())
                .as("live heap, bytes")
                .isLessThan(1.05 * before.getJsonNumber("heap_bytes").doubleValue());
        assertThat(after.getInt("threads")).as("threads").isLessThan(before.getInt("threads") + FURTHER_THREADS);
    }

    /** How much longer the rounds of the last third take than those of the first; the median of each. */
    private double slowdown() throws InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            round();
            times.add((double) (System.nanoTime() - begin));
        }
        return median(times.subList(ROUNDS - ROUNDS / 3, ROUNDS)) / median(times.subList(0, ROUNDS / 3));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Many messages, and whatever else a console does meanwhile. */
    private void round() throws InterruptedException {
        String mark = "round-" + broadcasts;
        restless.send("{\"type\":\"subscribe\",\"data\":{\"channels\":[\"topic:" + mark + "\"]}}")
                .send("{\"type\":\"history\",\"data\":{\"channel\":\"" + CHANNEL + "\",\"limit\":10}}");
        server.storm(CHANNEL, THREADS, PER_THREAD);
        broadcasts += THREADS * PER_THREAD;
        restless.send("{\"type\":\"unsubscribe\",\"data\":{\"channels\":[\"topic:" + mark + "\"]}}")
                .sync();
        for (Follower follower : followers) {
            follower.await(broadcasts);
        }
    }

    /** What the process uses when it has nothing to do; of several looks the smallest. */
    private JsonObject settled() {
        restless.sync();
        return IntStream.range(0, 5)
                .mapToObj(i -> server.processUse())
                .reduce((a, b) -> a.getJsonNumber("heap_bytes").longValue()
                                <= b.getJsonNumber("heap_bytes").longValue()
                        ? a
                        : b)
                .orElseThrow();
    }
}
