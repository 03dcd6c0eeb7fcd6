package dev.observatory.it.probe;

import dev.observatory.auth.token.Identity;
import dev.observatory.hub.SnapshotSource;
import dev.observatory.message.Channel;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A fault inside the server, to be had by subscribing to {@code topic:faulty}. */
@ApplicationScoped
public class FaultySnapshots implements SnapshotSource {

    @Override
    public Optional<State> state(Channel channel, Identity reader) {
        if (channel.name().equals("topic:faulty")) {
            throw new IllegalStateException("a fault that a test asked for");
        }
        return Optional.empty();
    }
}
