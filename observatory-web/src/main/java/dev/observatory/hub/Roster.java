package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.protocol.CloseCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The connections of one loop, and who of them is subscribed to what. Confined to the loop. */
final class Roster {

    private final SubscriptionIndex index = new SubscriptionIndex();
    private final Set<Connection> connections = new LinkedHashSet<>();

    void add(Connection connection) {
        connections.add(connection);
        index.add(Channel.EVERYONE, connection);
    }

    /** @return whether it was there */
    boolean remove(Connection connection) {
        boolean removed = connections.remove(connection);
        if (removed) {
            index.remove(Channel.EVERYONE, connection);
        }
        return removed;
    }

    /** As they are now, in the order in which they came. */
    List<Connection> all() {
        return List.copyOf(connections);
    }

    SubscriptionIndex index() {
        return index;
    }

    /** @param user whose connections are wanted; null for everybody's */
    List<ConnectionReport> reports(String user) {
        long now = System.nanoTime();
        return connections.stream()
                .filter(connection ->
                        user == null || user.equals(connection.client().user()))
                .map(connection -> connection.report(now))
                .toList();
    }

    /** Ends the connection of that id, and says whose it was; empty when it is none of this loop's. */
    Optional<String> kick(String id) {
        Optional<Connection> found = connections.stream()
                .filter(connection -> connection.id().equals(id))
                .findFirst();
        found.ifPresent(connection -> connection.close(CloseCode.KICKED));
        return found.map(connection -> connection.client().user());
    }

    HubCensus census() {
        return new HubCensus(
                connections.stream().map(Connection::id).toList(),
                connections.stream().mapToInt(c -> c.subscriptions().size()).sum(),
                index.channels() - (connections.isEmpty() ? 0 : 1),
                connections.stream().mapToInt(Connection::queuedFrames).sum(),
                connections.stream().mapToLong(Connection::queuedBytes).sum());
    }
}
