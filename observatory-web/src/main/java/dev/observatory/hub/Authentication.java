package dev.observatory.hub;

import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.Role;
import dev.observatory.auth.token.TokenRefusal;
import dev.observatory.auth.token.Verification;
import dev.observatory.message.Channel;
import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.Command.Authenticate;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.ControlFrame;
import dev.observatory.protocol.ControlFrame.RefusedChannel;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.wire.FrameWriter;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Exchanges the token of an open connection. Tokens are looked at in the background, because keys may have to be fetched
 * for it. Called on the connection's loop.
 */
final class Authentication {

    /** What says whose a token is; null when none is accepted. */
    private final Function<String, Verification> verifier;

    private final FrameWriter writer;
    private final Executor background;

    Authentication(Function<String, Verification> verifier, FrameWriter writer, Executor background) {
        this.verifier = verifier;
        this.writer = writer;
        this.background = background;
    }

    /** One at a time for each connection, or else an older token might win over a newer one. */
    void begin(Connection connection, Authenticate command) {
        if (verifier == null) {
            refuse(connection, command, ErrorCode.TOKENS_NOT_ACCEPTED, "this server accepts no tokens");
        } else if (!connection.beginAuthentication()) {
            refuse(connection, command, ErrorCode.RATE_LIMITED, "another token is still being looked at");
        } else {
            try {
                background.execute(() -> verify(connection, command));
            } catch (RejectedExecutionException e) {
                connection.endAuthentication();
                throw e;
            }
        }
    }

    private void verify(Connection connection, Authenticate command) {
        Verification verification = TokenRefusal.KEYS_UNAVAILABLE;
        try {
            verification = verifier.apply(command.token());
        } finally {
            // whatever happens: the connection is not to wait for it for ever
            Verification found = verification;
            connection.loop().execute(() -> end(connection, command, found));
        }
    }

    private void end(Connection connection, Authenticate command, Verification verification) {
        connection.endAuthentication();
        if (!connection.isOpen()) {
            return;
        }
        if (verification instanceof TokenRefusal refusal) {
            ErrorCode code = refusal.isTemporary() ? ErrorCode.KEYS_UNAVAILABLE : ErrorCode.INVALID_TOKEN;
            refuse(connection, command, code, refusal.description());
        } else if (verification instanceof Identity identity) {
            accept(connection, command, identity);
        }
    }

    private void accept(Connection connection, Authenticate command, Identity identity) {
        if (!identity.name().equals(connection.client().user())) {
            refuse(connection, command, ErrorCode.OTHER_USER, "the token is another user's; open a connection for it");
            return;
        }
        List<Channel> ended = connection.renew(identity);
        connection.answer(writer.control(
                new ControlFrame.Authenticated(
                        identity.name(), identity.expiry().orElse(null)),
                command.id()));
        if (!identity.has(Role.READ)) {
            connection.leave(CloseCode.FORBIDDEN);
        } else if (!ended.isEmpty()) {
            connection.answer(writer.control(ended(ended), null));
        }
    }

    private static ControlFrame ended(List<Channel> channels) {
        List<String> names = channels.stream().map(Channel::name).toList();
        return new ControlFrame.Unsubscribed(
                names,
                names.stream()
                        .map(name -> new RefusedChannel(
                                name, ErrorCode.FORBIDDEN_CHANNEL, "the new token's rights do not include it"))
                        .toList());
    }

    private void refuse(Connection connection, Authenticate command, ErrorCode code, String message) {
        connection.audit("authenticate", message);
        connection.answer(writer.refusal(new CommandRefusal(command.id(), code, message, "data.token")));
        connection.refused();
    }
}
