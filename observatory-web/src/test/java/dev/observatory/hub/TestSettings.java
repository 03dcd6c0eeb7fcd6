package dev.observatory.hub;

import java.time.Duration;

/** The hub's settings as tests want them: generous, unless they say otherwise. */
final class TestSettings {

    private long queueBytes = 1L << 30;
    private int queueMessages = 1_000_000;
    private Duration resumeWait = Duration.ofMinutes(1);
    private long journalBytes = 64L << 20;
    private int resumeMessages = 10_000;
    private Duration queueAge = Duration.ofMinutes(10);
    private int batchBytes = 65_536;
    private Duration sendTimeout = Duration.ofMinutes(1);
    private Duration heartbeatInterval = Duration.ofMinutes(1);
    private Duration heartbeatTimeout = Duration.ofMinutes(1);
    private int commandsPerSecond = 1_000_000;
    private int maxPending = 1000;
    private int maxErrors = 20;
    private int maxSubscriptions = 200;

    TestSettings queueBytes(long bytes) {
        queueBytes = bytes;
        return this;
    }

    TestSettings queueMessages(int messages) {
        queueMessages = messages;
        return this;
    }

    TestSettings queueAge(Duration age) {
        queueAge = age;
        return this;
    }

    /** How much the journal keeps; no setting of the hub itself. */
    TestSettings journalBytes(long bytes) {
        journalBytes = bytes;
        return this;
    }

    long journalBytes() {
        return journalBytes;
    }

    TestSettings resumeMessages(int messages) {
        resumeMessages = messages;
        return this;
    }

    TestSettings resumeWait(Duration wait) {
        resumeWait = wait;
        return this;
    }

    TestSettings batchBytes(int bytes) {
        batchBytes = bytes;
        return this;
    }

    TestSettings sendTimeout(Duration timeout) {
        sendTimeout = timeout;
        return this;
    }

    TestSettings heartbeat(Duration interval, Duration timeout) {
        heartbeatInterval = interval;
        heartbeatTimeout = timeout;
        return this;
    }

    TestSettings commandsPerSecond(int commands) {
        commandsPerSecond = commands;
        return this;
    }

    TestSettings maxSubscriptions(int subscriptions) {
        maxSubscriptions = subscriptions;
        return this;
    }

    TestSettings maxPending(int commands) {
        maxPending = commands;
        return this;
    }

    HubSettings build() {
        return new HubSettings(
                1,
                queueBytes,
                queueMessages,
                queueAge,
                0,
                resumeWait,
                resumeMessages,
                4L << 20,
                batchBytes,
                1024,
                sendTimeout,
                heartbeatInterval,
                heartbeatTimeout,
                65_536,
                commandsPerSecond,
                maxPending,
                maxErrors,
                Duration.ofSeconds(10),
                maxSubscriptions,
                Duration.ofSeconds(60));
    }
}
