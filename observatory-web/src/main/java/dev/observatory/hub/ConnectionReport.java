package dev.observatory.hub;

import dev.observatory.protocol.ControlFrame;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A connection as an operator sees it.
 *
 * @param endpoint the path below the context root
 * @param subprotocol empty when none was negotiated
 * @param address where the client is; behind a reverse proxy, where that is
 * @param tokenExpiresAt null when there is no token, or it does not end
 * @param queuedMessages frames that wait to be sent
 * @param queuedBytes their size
 * @param queueAgeMs how long the oldest of them has not left yet, milliseconds
 * @param roundTripMs how long the last heartbeat took, milliseconds; null before the first
 * @param lastSeq the last number sent of each home channel
 */
public record ConnectionReport(
        String id,
        String user,
        String endpoint,
        String subprotocol,
        String address,
        Instant since,
        Instant tokenExpiresAt,
        List<String> subscriptions,
        int queuedMessages,
        long queuedBytes,
        long queueAgeMs,
        Double roundTripMs,
        Map<String, Long> lastSeq) {

    /**
     * @param status the connection's own view
     * @param queueAge nanoseconds
     */
    static ConnectionReport of(
            String id,
            Client client,
            Instant since,
            Instant tokenExpiresAt,
            ControlFrame.Status status,
            long queueAge) {
        return new ConnectionReport(
                id,
                client.user(),
                client.endpoint().path(),
                client.subprotocol().token(),
                client.address(),
                since,
                tokenExpiresAt,
                status.subscriptions(),
                status.queuedMessages(),
                status.queuedBytes(),
                TimeUnit.NANOSECONDS.toMillis(queueAge),
                status.roundTripMs(),
                status.lastSeq());
    }
}
