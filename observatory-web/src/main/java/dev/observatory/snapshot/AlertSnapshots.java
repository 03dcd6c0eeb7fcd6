package dev.observatory.snapshot;

import dev.observatory.alert.Alerts;
import dev.observatory.auth.token.Identity;
import dev.observatory.hub.SnapshotSource;
import dev.observatory.message.Channel;
import dev.observatory.message.ChannelKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** The alerts that are open: all of them, for their number is bounded. */
@ApplicationScoped
public class AlertSnapshots implements SnapshotSource {

    @Inject
    Alerts alerts;

    @Override
    public Optional<State> state(Channel channel, Identity reader) {
        return channel.kind() == ChannelKind.ALERTS ? Optional.of(new State(alerts.open(), 0)) : Optional.empty();
    }
}
