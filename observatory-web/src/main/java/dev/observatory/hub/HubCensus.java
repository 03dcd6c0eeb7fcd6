package dev.observatory.hub;

import java.util.ArrayList;
import java.util.List;

/**
 * What the hub holds at one moment.
 *
 * @param connections the ids of the open connections
 * @param subscriptions how many there are over all connections
 * @param subscribedChannels how many channels have at least one subscriber
 * @param queuedMessages frames that wait to be sent, over all connections
 * @param queuedBytes their size
 */
public record HubCensus(
        List<String> connections, int subscriptions, int subscribedChannels, int queuedMessages, long queuedBytes) {

    static final HubCensus EMPTY = new HubCensus(List.of(), 0, 0, 0, 0);

    public HubCensus {
        connections = List.copyOf(connections);
    }

    /** Both together; a channel with subscribers in both counts once for each. */
    HubCensus plus(HubCensus other) {
        List<String> all = new ArrayList<>(connections);
        all.addAll(other.connections);
        return new HubCensus(
                all,
                subscriptions + other.subscriptions,
                subscribedChannels + other.subscribedChannels,
                queuedMessages + other.queuedMessages,
                queuedBytes + other.queuedBytes);
    }
}
