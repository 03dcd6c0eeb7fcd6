package dev.observatory.it.client;

import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A client that remembers what it has had, and asks for the rest whenever it connects again. For one test's thread.
 */
public final class ResumingClient implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ResumingClient.class.getName());

    private static final int MAX_ATTEMPTS = 5;

    /** After which clients of the protocol come back: a fault of the server, its end, its haste, and their own silence. */
    private static final Set<String> COMING_BACK = Set.of("1011", "4000", "4002", "4003");

    private final URI socket;
    private final String[] channels;
    private final List<Frame> had = new ArrayList<>();
    private final Map<String, Long> cursor = new HashMap<>(Map.of("high", 0L, "normal", 0L, "low", 0L));
    private String epoch;

    /** Null while it is not connected. */
    private ConsoleClient client;

    /**
     * Connects.
     *
     * @param socket the address of the endpoint, without a query
     */
    public ResumingClient(URI socket, String... channels) {
        this.socket = socket;
        this.channels = channels;
        connect();
    }

    /** Connects, and asks for what was missed if it was connected before. */
    public void connect() {
        String wanted = "channels=" + String.join(",", channels);
        if (epoch == null) {
            client = connected("?" + wanted).ready();
            JsonObject established = client.await("connection_established").data();
            epoch = established.getString("epoch");
            long pos = established.getJsonNumber("pos").longValue();
            cursor.replaceAll((priority, none) -> pos);
        } else {
            client = connected("?resume=1&" + wanted);
            client.send(command(1, epoch, cursor.get("high"), cursor.get("normal"), cursor.get("low"), channels));
        }
    }

    /** Tries again when a handshake fails, as clients of the protocol do, and says so. */
    private ConsoleClient connected(String query) {
        for (int attempt = 1; ; attempt++) {
            try {
                return ConsoleClient.connect(URI.create(socket + query));
            } catch (IllegalStateException failure) {
                LOG.log(Level.WARNING, "attempt " + attempt + " has failed", failure);
                if (attempt == MAX_ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    /** The text of the command. */
    public static String command(int id, String epoch, long high, long normal, long low, String... channels) {
        return "{\"type\":\"resume\",\"id\":" + id + ",\"data\":{\"epoch\":\"" + epoch + "\",\"cursor\":{\"high\":"
                + high
                + ",\"normal\":" + normal + ",\"low\":" + low + "},\"channels\":[\"" + String.join("\",\"", channels)
                + "\"]}}";
    }

    /** Ends the connection, in the middle of whatever it was being sent. */
    public void disconnect() {
        client.close();
        client.inbox().awaitEnd();
        remember();
    }

    /** What came of the last attempt to come back. */
    public String outcome() {
        return client.await("resumed").data().getString("outcome");
    }

    /** The answer to the last attempt to come back. */
    public JsonObject resumed() {
        return client.await("resumed").data();
    }

    /** All messages of a channel over all connections, as they came. */
    public List<Frame> messages(String channel) {
        List<Frame> all = new ArrayList<>(had);
        if (client != null) {
            all.addAll(client.messages());
        }
        return all.stream().filter(frame -> frame.channel().equals(channel)).toList();
    }

    /** Waits until there are so many messages of a channel; comes back when the server closes the connection meanwhile. */
    public void awaitLast(String channel, int count) {
        for (int attempt = 1; ; attempt++) {
            try {
                awaitHere(channel, count);
                return;
            } catch (AssertionError failure) {
                if (attempt == MAX_ATTEMPTS || !isToComeBack()) {
                    throw failure;
                }
                LOG.log(Level.WARNING, "coming back", failure);
                remember();
                connect();
            }
        }
    }

    private void awaitHere(String channel, int count) {
        long before =
                had.stream().filter(frame -> frame.channel().equals(channel)).count();
        client.inbox()
                .awaitCount(
                        (int) (count - before),
                        frame -> frame.isMessage() && frame.channel().equals(channel));
    }

    private boolean isToComeBack() {
        return client.inbox().hasEnded()
                && COMING_BACK.contains(client.inbox().awaitEnd().split(" ")[0]);
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }

    private void remember() {
        for (Frame frame : client.messages()) {
            had.add(frame);
            cursor.merge(frame.json().getString("priority", "normal"), frame.pos(), Math::max);
        }
        client = null;
    }
}
