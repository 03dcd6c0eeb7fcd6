package dev.observatory.hub;

import dev.observatory.journal.Cursor;
import dev.observatory.journal.Journal;
import dev.observatory.message.Channel;
import dev.observatory.protocol.Command;
import dev.observatory.protocol.Command.Authenticate;
import dev.observatory.protocol.Command.History;
import dev.observatory.protocol.Command.Ping;
import dev.observatory.protocol.Command.Resume;
import dev.observatory.protocol.Command.Status;
import dev.observatory.protocol.Command.Subscribe;
import dev.observatory.protocol.Command.Unsubscribe;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.ControlFrame;
import dev.observatory.protocol.ControlFrame.RefusedChannel;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.protocol.Reading;
import dev.observatory.wire.FrameWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Carries out what clients ask for. Called on the loop of the connection in question. */
final class CommandHandler {

    private static final Logger LOG = System.getLogger(CommandHandler.class.getName());

    private final HubSettings settings;
    private final Journal journal;
    private final FrameWriter writer;
    private final CatchUp catchUp;
    private final Authentication authentication;

    CommandHandler(
            HubSettings settings, Journal journal, FrameWriter writer, CatchUp catchUp, Authentication authentication) {
        this.settings = settings;
        this.journal = journal;
        this.writer = writer;
        this.catchUp = catchUp;
        this.authentication = authentication;
    }

    /**
     * A fault while carrying out a command is answered; it does not end the connection. What was still queued when the
     * connection ended is passed over.
     */
    void handle(Connection connection, Reading reading) {
        if (!connection.isOpen()) {
            return;
        }
        if (!(reading instanceof Resume)) {
            connection.startAfresh();
        }
        try {
            if (reading instanceof Command command) {
                carryOut(connection, command);
            } else if (reading instanceof CommandRefusal refusal) {
                refuse(connection, refusal);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "connection " + connection.id() + ": a fault while carrying out a command", e);
            connection.answer(writer.refusal(new CommandRefusal(
                    reading.id(), ErrorCode.INTERNAL, "a fault in the server; try again later", null)));
        }
    }

    private void carryOut(Connection connection, Command command) {
        if ((command instanceof Subscribe || command instanceof History || command instanceof Ping)
                && connection.fetches().areTooMany()) {
            String message = "at most " + settings.maxPending() + " commands wait for what is asked of the past";
            refuse(connection, new CommandRefusal(command.id(), ErrorCode.RATE_LIMITED, message, null));
        } else if (command instanceof Subscribe subscribe) {
            subscribe(connection, subscribe);
        } else if (command instanceof Unsubscribe unsubscribe) {
            unsubscribe(connection, unsubscribe);
        } else if (command instanceof Resume resume) {
            resume(connection, resume);
        } else if (command instanceof History history) {
            history(connection, history);
        } else if (command instanceof Ping ping) {
            ping(connection, ping);
        } else if (command instanceof Authenticate authenticate) {
            authentication.begin(connection, authenticate);
        } else if (command instanceof Status status) {
            connection.answer(writer.control(connection.status(), status.id()));
        }
    }

    private void refuse(Connection connection, CommandRefusal refusal) {
        connection.answer(writer.refusal(refusal));
        connection.refused();
    }

    /** In its turn: a client that hears the answer has got what it asked for before. */
    private void ping(Connection connection, Ping command) {
        Outgoing pong = Outgoing.of(writer.pong(command.data(), command.id()));
        if (connection.fetches().areDone()) {
            connection.answer(pong);
        } else {
            connection.fetches().add(() -> connection.fetched(List.of(pong)));
        }
    }

    private void subscribe(Connection connection, Subscribe command) {
        ChannelRequest request =
                request(connection, command.channels()).within(settings.maxSubscriptions(), connection.subscriptions());
        Map<Channel, Long> after = new LinkedHashMap<>();
        for (Channel channel : request.granted()) {
            if (command.after().containsKey(channel.name())) {
                after.put(channel, command.after().get(channel.name()));
            }
        }
        request = request.without(refused(after));
        after.keySet().retainAll(request.granted());
        request.granted().stream()
                .filter(channel -> !after.containsKey(channel))
                .forEach(connection::subscribe);
        after.forEach(connection::subscribeAfter);
        connection.answer(
                writer.control(new ControlFrame.Subscribed(names(request.granted()), request.refused()), command.id()));
        if (!request.granted().isEmpty()) {
            catchUp.subscribed(connection, request.granted(), after);
        }
    }

    /** The channels behind whose given numbers nothing can be asked for. */
    private List<RefusedChannel> refused(Map<Channel, Long> after) {
        List<RefusedChannel> refused = new ArrayList<>();
        after.forEach((channel, seq) -> {
            String message = channel.kind().isView()
                    ? "a view numbers nothing: name home channels in after"
                    : seq > journal.seq(channel) ? "no message has had that number in this epoch" : null;
            if (message != null) {
                refused.add(new RefusedChannel(channel.name(), ErrorCode.INVALID_FIELD, message));
            }
        });
        return refused;
    }

    private void resume(Connection connection, Resume command) {
        long newest = Math.max(command.high(), Math.max(command.normal(), command.low()));
        if (command.epoch().equals(journal.epoch()) && newest > journal.pos()) {
            String message = "data.cursor is ahead of the journal, which is at " + journal.pos();
            refuse(connection, new CommandRefusal(command.id(), ErrorCode.INVALID_FIELD, message, "data.cursor"));
            return;
        }
        boolean first = connection.resume(() -> {
            ChannelRequest request = request(connection, command.channels())
                    .within(settings.maxSubscriptions(), connection.subscriptions());
            if (command.epoch().equals(journal.epoch())) {
                connection.subscribeBehind(
                        request.granted(), new Cursor(command.high(), command.normal(), command.low()));
            } else {
                request.granted().forEach(connection::subscribe);
            }
            catchUp.resume(connection, command, request);
        });
        if (!first) {
            String message = "a connection resumes once; subscribe with after does it for single channels";
            refuse(connection, new CommandRefusal(command.id(), ErrorCode.ALREADY_RESUMED, message, null));
        }
    }

    private void unsubscribe(Connection connection, Unsubscribe command) {
        // what is held can be given back, also when it may not be asked for any more
        List<Channel> held = connection.subscriptions().stream()
                .filter(channel -> command.channels().contains(channel.name()))
                .toList();
        ChannelRequest others = ChannelRequest.of(
                command.channels().stream()
                        .filter(name -> !names(held).contains(name))
                        .toList(),
                connection.client().endpoint(),
                connection.visibility());
        List<Channel> granted = new ArrayList<>(held);
        granted.addAll(others.granted());
        connection.unsubscribe(held);
        connection.answer(
                writer.control(new ControlFrame.Unsubscribed(names(granted), others.refused()), command.id()));
    }

    private void history(Connection connection, History command) {
        ChannelRequest request = request(connection, List.of(command.channel()));
        for (RefusedChannel why : request.refused()) {
            refuse(connection, new CommandRefusal(command.id(), why.code(), why.message(), "data.channel"));
        }
        for (Channel channel : request.granted()) {
            if (channel.kind().isView()) {
                String message = channel + " is a view and numbers nothing; ask for a home channel";
                refuse(connection, new CommandRefusal(command.id(), ErrorCode.INVALID_FIELD, message, "data.channel"));
            } else {
                catchUp.history(connection, channel, command.afterSeq(), command.limit(), command.id());
            }
        }
    }

    private static ChannelRequest request(Connection connection, List<String> channels) {
        ChannelRequest request = ChannelRequest.of(channels, connection.client().endpoint(), connection.visibility());
        connection.audit(request);
        return request;
    }

    private static List<String> names(List<Channel> channels) {
        return channels.stream().map(Channel::name).toList();
    }
}
