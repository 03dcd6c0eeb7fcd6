package dev.observatory.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The data of a frame that is no message: an answer to a command or a notice. It concerns one connection and has no
 * number. Absent values are null here and left out on the wire.
 */
public sealed interface ControlFrame {

    /** The frame's {@code type}. */
    String type();

    /**
     * The first frame of every connection.
     *
     * @param epoch the life of the journal's numbers: another epoch means that they started anew
     * @param pos the journal's last number when the connection was opened
     * @param subprotocol empty when none was negotiated
     * @param tokenExpiresAt null when there is no token, or it does not end
     */
    record ConnectionEstablished(
            String connectionId,
            String user,
            String endpoint,
            String subprotocol,
            String epoch,
            long pos,
            Instant serverTime,
            Heartbeat heartbeat,
            List<String> subscriptions,
            List<RefusedChannel> refused,
            Limits limits,
            Instant tokenExpiresAt)
            implements ControlFrame {
        @Override
        public String type() {
            return "connection_established";
        }
    }

    /** How often the server pings and how long it waits for the answer, milliseconds. */
    record Heartbeat(long intervalMs, long timeoutMs) {}

    /**
     * What a client may ask for, and what it gets.
     *
     * @param messagesPerSecond how many messages it is sent at most; null when there is no limit
     */
    record Limits(
            long commandBytes,
            int commandsPerSecond,
            int subscriptions,
            int channelNameCharacters,
            Integer messagesPerSecond) {}

    /** A channel that was asked for and not granted. */
    record RefusedChannel(String channel, ErrorCode code, String message) {}

    record Subscribed(List<String> channels, List<RefusedChannel> refused) implements ControlFrame {
        @Override
        public String type() {
            return "subscribed";
        }
    }

    record Unsubscribed(List<String> channels, List<RefusedChannel> refused) implements ControlFrame {
        @Override
        public String type() {
            return "unsubscribed";
        }
    }

    /**
     * The token that was shown is the one that counts now.
     *
     * @param expiresAt null when it does not end
     */
    record Authenticated(String user, Instant expiresAt) implements ControlFrame {
        @Override
        public String type() {
            return "authenticated";
        }
    }

    /** The token ends soon; without another one the connection does, too. */
    record TokenExpiring(Instant expiresAt) implements ControlFrame {
        @Override
        public String type() {
            return "token_expiring";
        }
    }

    /**
     * The connection's own view of itself.
     *
     * @param queuedMessages frames that wait to be sent
     * @param queuedBytes their size
     * @param lastSeq the last number sent of each home channel
     * @param roundTripMs how long the last heartbeat took, milliseconds; null before the first
     */
    record Status(
            List<String> subscriptions,
            int queuedMessages,
            long queuedBytes,
            Map<String, Long> lastSeq,
            Double roundTripMs)
            implements ControlFrame {
        @Override
        public String type() {
            return "status";
        }
    }

    /** The server goes away, or sends its clients away: this one is to come back after so many milliseconds. */
    record Draining(long retryAfterMs) implements ControlFrame {
        @Override
        public String type() {
            return "draining";
        }
    }

    /**
     * Messages of a home channel that the client is subscribed to and will not get.
     *
     * @param fromSeq the first of them
     * @param toSeq the last of them; none between the two is delivered
     * @param count how many they are
     */
    record Gap(String channel, long fromSeq, long toSeq, long count, GapReason reason) implements ControlFrame {
        @Override
        public String type() {
            return "gap";
        }
    }

    /**
     * The answer to a client that asked for what it has missed.
     *
     * @param epoch the present one
     * @param replayed how many messages follow as replays
     * @param missed what cannot be sent any more
     * @param channels what the client is subscribed to from now on
     */
    record Resumed(
            ResumeOutcome outcome,
            String epoch,
            int replayed,
            List<Missed> missed,
            List<String> channels,
            List<RefusedChannel> refused)
            implements ControlFrame {
        @Override
        public String type() {
            return "resumed";
        }
    }

    /**
     * Messages of a home channel that cannot be sent any more.
     *
     * @param fromSeq the first of them; null when that is unknown
     * @param toSeq the last of them; null when that is unknown
     * @param count how many they are; null when that is unknown
     */
    record Missed(String channel, Long fromSeq, Long toSeq, Long count, MissedReason reason) {}

    /**
     * What was wrong with a command.
     *
     * @param field null when the error is about no single field
     */
    record Error(ErrorCode code, String message, String field, ErrorCode.Action action) implements ControlFrame {
        @Override
        public String type() {
            return "error";
        }
    }
}
