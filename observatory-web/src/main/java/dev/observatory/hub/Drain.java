package dev.observatory.hub;

import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.ControlFrame;
import dev.observatory.wire.FrameWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Sends all clients away: each is told when to come back, every one at another time, and then they are closed in waves,
 * so that neither this server nor the next has them all at once. Runs on the thread of whoever wants it.
 */
final class Drain {

    private static final Logger LOG = System.getLogger(Drain.class.getName());

    private static final int WAVES = 10;
    private static final long LOOK_MS = 10;
    private static final int PATIENCE_S = 2;

    private final List<DeliveryLoop> loops;
    private final FrameWriter writer;
    private final DrainSettings settings;
    private final BooleanSupplier empty;

    /**
     * Loads whatever the end needs: Payara Micro deletes the files of an application at once when it is stopped, and what
     * is not loaded by then can no longer be.
     *
     * @param empty whether all clients have gone
     */
    Drain(List<DeliveryLoop> loops, FrameWriter writer, DrainSettings settings, BooleanSupplier empty) {
        this.loops = loops;
        this.writer = writer;
        this.settings = settings;
        this.empty = empty;
        frame(new Departure(null, Duration.ZERO));
    }

    /** A connection and when it is to come back. */
    private record Departure(Connection connection, Duration retryAfter) {}

    /** Returns when all have gone, or when the time is over; who is left then does not read what waits for it. */
    void run() {
        long start = System.nanoTime();
        List<Departure> departures = departures();
        if (departures.isEmpty()) {
            return;
        }
        LOG.log(Level.INFO, "{0} clients are sent away", departures.size());
        departures.forEach(this::announce);
        // the waves are over at half time, so that the last ones can still get what waits for them
        long between = settings.time().toNanos() / 2 / WAVES;
        for (int wave = 0; wave < WAVES; wave++) {
            await(start + (wave + 1) * between);
            departures
                    .subList(departures.size() * wave / WAVES, departures.size() * (wave + 1) / WAVES)
                    .forEach(Drain::close);
        }
        // from now on: a machine that stood still may be late with the waves
        await(System.nanoTime() + settings.time().toNanos() / 2);
    }

    /** Sends one away at once, who has come too late to be among them all. */
    void turnAway(Connection connection) {
        Departure departure = new Departure(connection, settings.retryAfter());
        announce(departure);
        close(departure);
    }

    private List<Departure> departures() {
        List<Connection> connections = new ArrayList<>();
        for (DeliveryLoop loop : loops) {
            connections.addAll(connections(loop));
        }
        Collections.shuffle(connections);
        List<Departure> departures = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            double share = (i + ThreadLocalRandom.current().nextDouble()) / connections.size();
            Duration retryAfter = Duration.ofMillis((long) (settings.spread().toMillis() * share));
            departures.add(new Departure(connections.get(i), retryAfter));
        }
        return departures;
    }

    private static List<Connection> connections(DeliveryLoop loop) {
        try {
            return CompletableFuture.supplyAsync(() -> loop.roster().all(), loop)
                    .get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "a delivery loop does not answer, its clients are not told of the end", e);
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private void announce(Departure departure) {
        String frame = frame(departure);
        departure.connection().loop().execute(() -> departure.connection().answer(frame));
    }

    private String frame(Departure departure) {
        return writer.control(new ControlFrame.Draining(departure.retryAfter().toMillis()), null);
    }

    private static void close(Departure departure) {
        Connection connection = departure.connection();
        connection.loop().execute(() -> connection.leave(CloseCode.SHUTDOWN, departure.retryAfter()));
    }

    /** Until that time, {@link System#nanoTime}, or until all have gone. */
    private void await(long until) {
        try {
            while (System.nanoTime() - until < 0 && !empty.getAsBoolean()) {
                Thread.sleep(LOOK_MS);
            }
        } catch (InterruptedException e) {
            // whoever stops the server is in a hurry
            Thread.currentThread().interrupt();
        }
    }
}
