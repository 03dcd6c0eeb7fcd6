package dev.observatory.hub;

import dev.observatory.hub.HubFigures.Counts;
import dev.observatory.message.Priority;
import dev.observatory.protocol.GapReason;
import dev.observatory.protocol.ResumeOutcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens in the hub beside the deliveries that succeed, which are each loop's own ({@link LoopMeters}).
 * One for all loops. Thread-safe.
 */
final class HubMeters {

    private final NamedCounts messages = new NamedCounts();
    private final NamedCounts refused = new NamedCounts();
    private final NamedCounts closed = new NamedCounts();
    private final NamedCounts failed = new NamedCounts();
    private final NamedCounts resumed = new NamedCounts("complete", "snapshot", "gap");
    private final LongAdder opened = new LongAdder();
    private final LongAdder conflated = new LongAdder();
    private final LongAdder compressed = new LongAdder();
    private final LongAdder compressedBytes = new LongAdder();
    private final Map<Priority, NamedCounts> dropped = new EnumMap<>(Priority.class);

    HubMeters() {
        for (Priority lane : Priority.values()) {
            dropped.put(lane, new NamedCounts());
        }
    }

    /** A message of that type has its number. */
    void message(String type) {
        messages.add(type, 1);
    }

    void opened() {
        opened.increment();
    }

    /** A handshake was refused. */
    void refused(String reason) {
        refused.add(reason, 1);
    }

    /** A connection has ended, whoever ended it. */
    void closed(String reason) {
        closed.add(reason, 1);
    }

    /** So many messages will never reach one client that they were queued for. */
    void failed(String reason, long n) {
        failed.add(reason, n);
    }

    /** So many messages have given way to newer states of the same things. */
    void conflated(long n) {
        conflated.add(n);
    }

    /** A message was compressed to so many bytes. */
    void compressed(int bytes) {
        compressed.increment();
        compressedBytes.add(bytes);
    }

    /** So many messages of a lane were dropped, which their client is told. */
    void dropped(Priority lane, GapReason reason, long n) {
        dropped.get(lane).add(reason.name().toLowerCase(Locale.ROOT), n);
    }

    /** A client has come back. */
    void resumed(ResumeOutcome outcome) {
        resumed.add(outcome.name().toLowerCase(Locale.ROOT), 1);
    }

    Counts counts() {
        Map<Priority, Map<String, Long>> drops = new EnumMap<>(Priority.class);
        dropped.forEach((lane, counts) -> drops.put(lane, counts.sums()));
        return new Counts(
                messages.sums(),
                opened.sum(),
                refused.sums(),
                closed.sums(),
                failed.sums(),
                conflated.sum(),
                compressed.sum(),
                compressedBytes.sum(),
                drops,
                resumed.sums());
    }
}
