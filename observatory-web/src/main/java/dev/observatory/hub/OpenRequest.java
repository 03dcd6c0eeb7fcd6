package dev.observatory.hub;

import java.util.List;

/**
 * What a client asks for in the address it connects to. Immutable.
 *
 * @param channels the names of the channels it wants, null for the endpoint's defaults
 * @param resume whether it is going to say what it has from an earlier connection
 * @param messagesPerSecond how many messages it wants at most, 0 for as many as there are
 */
public record OpenRequest(List<String> channels, boolean resume, int messagesPerSecond) {

    public OpenRequest {
        channels = channels == null ? null : List.copyOf(channels);
    }
}
