package dev.observatory.hub;

import dev.observatory.config.Settings;
import dev.observatory.message.Channel;
import dev.observatory.protocol.ControlFrame;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * The hub's limits and intervals.
 *
 * @param loops delivery threads, at least 1
 * @param queueBytes what may be queued for one client, bytes of UTF-8
 * @param queueMessages what may be queued for one client, frames
 * @param queueAge how long a message may wait for one client
 * @param messagesPerSecond how many messages one client is sent a second at most, 0 for no limit
 * @param resumeWait how long a connection that is to be resumed waits for the command
 * @param resumeMessages how many missed messages a client is sent; of more it gets the state
 * @param resumeBytes and how many bytes of them
 * @param batchBytes how much of a backlog goes out as one frame where the sub-protocol allows it
 * @param compressAbove messages that are larger are compressed where the sub-protocol allows it, bytes
 * @param sendTimeout how long one send may take
 * @param heartbeatInterval how often the server pings
 * @param heartbeatTimeout how long it waits for an answer
 * @param commandBytes the largest command
 * @param commandsPerSecond how many commands a client may send a second, and twice as many after a pause
 * @param maxPending how many commands may wait for what they ask of the past
 * @param maxErrors so many refused commands within {@code errorWindow} end the connection
 * @param maxSubscriptions how many channels one connection may hold
 * @param expiryNotice how long before its token ends a client is told
 */
record HubSettings(
        int loops,
        long queueBytes,
        int queueMessages,
        Duration queueAge,
        int messagesPerSecond,
        Duration resumeWait,
        int resumeMessages,
        long resumeBytes,
        int batchBytes,
        int compressAbove,
        Duration sendTimeout,
        Duration heartbeatInterval,
        Duration heartbeatTimeout,
        int commandBytes,
        int commandsPerSecond,
        int maxPending,
        int maxErrors,
        Duration errorWindow,
        int maxSubscriptions,
        Duration expiryNotice) {

    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

    HubSettings {
        positive("observatory.delivery.loops", loops);
        positive("observatory.delivery.queue-bytes", queueBytes);
        positive("observatory.delivery.queue-messages", queueMessages);
        positive("observatory.delivery.queue-age", queueAge.toNanos());
        if (messagesPerSecond < 0) {
            throw new IllegalArgumentException("observatory.delivery.messages-per-second must not be negative");
        }
        positive("observatory.resume.wait", resumeWait.toNanos());
        positive("observatory.resume.max-messages", resumeMessages);
        positive("observatory.resume.max-bytes", resumeBytes);
        positive("observatory.delivery.compress-above", compressAbove);
        positive("observatory.delivery.send-timeout", sendTimeout.toNanos());
        positive("observatory.heartbeat.interval", heartbeatInterval.toNanos());
        positive("observatory.heartbeat.timeout", heartbeatTimeout.toNanos());
        positive("observatory.commands.max-bytes", commandBytes);
        positive("observatory.commands.per-second", commandsPerSecond);
        positive("observatory.commands.max-pending", maxPending);
        positive("observatory.commands.max-errors", maxErrors);
        positive("observatory.commands.error-window", errorWindow.toNanos());
        positive("observatory.subscriptions.max", maxSubscriptions);
        positive("observatory.auth.expiry-notice", expiryNotice.toNanos());
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException when one is not of its type or not positive; the message names it
     * @throws java.util.NoSuchElementException when one is missing
     */
    static HubSettings from(Config config) {
        Settings settings = new Settings(config);
        int loops = settings.value("observatory.delivery.loops", Integer.class);
        return new HubSettings(
                loops == 0 ? Runtime.getRuntime().availableProcessors() : loops,
                settings.value("observatory.delivery.queue-bytes", Long.class),
                settings.value("observatory.delivery.queue-messages", Integer.class),
                settings.value("observatory.delivery.queue-age", Duration.class),
                settings.value("observatory.delivery.messages-per-second", Integer.class),
                settings.value("observatory.resume.wait", Duration.class),
                settings.value("observatory.resume.max-messages", Integer.class),
                settings.value("observatory.resume.max-bytes", Long.class),
                settings.value("observatory.delivery.batch-bytes", Integer.class),
                settings.value("observatory.delivery.compress-above", Integer.class),
                settings.value("observatory.delivery.send-timeout", Duration.class),
                settings.value("observatory.heartbeat.interval", Duration.class),
                settings.value("observatory.heartbeat.timeout", Duration.class),
                settings.value("observatory.commands.max-bytes", Integer.class),
                settings.value("observatory.commands.per-second", Integer.class),
                settings.value("observatory.commands.max-pending", Integer.class),
                settings.value("observatory.commands.max-errors", Integer.class),
                settings.value("observatory.commands.error-window", Duration.class),
                settings.value("observatory.subscriptions.max", Integer.class),
                settings.value("observatory.auth.expiry-notice", Duration.class));
    }

    /** How often loops look after time-dependent matters: a fifth of the shortest interval, a second at most. */
    Duration tick() {
        Duration shortest = Collections.min(List.of(heartbeatInterval, heartbeatTimeout, sendTimeout, resumeWait));
        Duration fifth = shortest.dividedBy(5);
        return fifth.compareTo(LONGEST_TICK) < 0 ? fifth : LONGEST_TICK;
    }

    ControlFrame.Heartbeat heartbeat() {
        return new ControlFrame.Heartbeat(heartbeatInterval.toMillis(), heartbeatTimeout.toMillis());
    }

    /**
     * How many messages a client is sent a second at most, 0 for no limit.
     *
     * @param wanted how many it wants at most, 0 if it has not said
     */
    int rateFor(int wanted) {
        return wanted == 0 || messagesPerSecond != 0 && messagesPerSecond < wanted ? messagesPerSecond : wanted;
    }

    /** @param rate of messages, a second; 0 for no limit */
    ControlFrame.Limits limits(int rate) {
        return new ControlFrame.Limits(
                commandBytes, commandsPerSecond, maxSubscriptions, Channel.MAX_LENGTH, rate == 0 ? null : rate);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
