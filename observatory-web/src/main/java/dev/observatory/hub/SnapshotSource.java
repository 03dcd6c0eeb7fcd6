package dev.observatory.hub;

import dev.observatory.auth.token.Identity;
import dev.observatory.message.Channel;
import java.util.List;
import java.util.Optional;

/** Knows the state behind channels: what a new subscriber needs before increments make sense to it. Thread-safe. */
public interface SnapshotSource {

    /**
     * The state behind a channel, as far as its reader may see it; empty when this source knows nothing of such channels.
     *
     * @param reader may read the channel, but perhaps not see all projects
     */
    Optional<State> state(Channel channel, Identity reader);

    /**
     * The state behind a channel.
     *
     * @param items one value for each thing, the most important first
     * @param omitted how many more things there are than {@code items} shows
     */
    record State(List<?> items, int omitted) {

        public State {
            items = List.copyOf(items);
        }
    }
}
