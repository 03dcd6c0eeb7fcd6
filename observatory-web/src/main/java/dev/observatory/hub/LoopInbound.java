package dev.observatory.hub;

import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.protocol.Reading;
import dev.observatory.wire.CommandReader;

/**
 * Brings what the network says onto the connection's loop. Text is read and floods are stopped on the network's thread,
 * to spare the loop. Confined to the one thread at a time in which the network speaks for a connection.
 */
final class LoopInbound implements Inbound {

    private final Connection connection;
    private final CommandReader reader;
    private final CommandHandler commands;
    private final HubSettings settings;
    private final RateLimit rate;

    /** How many commands were refused for their number since the last that was not. */
    private int refusedInARow;

    LoopInbound(Connection connection, CommandReader reader, CommandHandler commands, HubSettings settings) {
        this.connection = connection;
        this.reader = reader;
        this.commands = commands;
        this.settings = settings;
        this.rate = new RateLimit(settings.commandsPerSecond(), System.nanoTime());
    }

    @Override
    public int maxBytes() {
        return settings.commandBytes();
    }

    @Override
    public void text(String text) {
        connection.heard();
        if (isAllowed()) {
            handle(reader.read(text));
        }
    }

    @Override
    public void tooLarge() {
        connection.heard();
        if (isAllowed()) {
            refuse(ErrorCode.TOO_LARGE, "a command has at most " + settings.commandBytes() + " bytes");
        }
    }

    @Override
    public void flooded() {
        connection.loop().execute(() -> connection.close(CloseCode.TOO_BIG));
    }

    @Override
    public void binary() {
        connection.heard();
        if (isAllowed()) {
            refuse(ErrorCode.BINARY_NOT_SUPPORTED, "commands are text messages");
        }
    }

    @Override
    public void pong() {
        connection.pong();
    }

    @Override
    public void closed() {
        connection.loop().execute(connection::gone);
    }

    /** Answers what comes too fast until so many answers have ended the connection; the rest leaves no trace. */
    private boolean isAllowed() {
        if (rate.allows(System.nanoTime())) {
            refusedInARow = 0;
            return true;
        }
        if (refusedInARow++ < settings.maxErrors()) {
            refuse(ErrorCode.RATE_LIMITED, "at most " + settings.commandsPerSecond() + " commands a second");
        }
        return false;
    }

    private void refuse(ErrorCode code, String message) {
        handle(new CommandRefusal(null, code, message, null));
    }

    private void handle(Reading reading) {
        connection.loop().execute(() -> commands.handle(connection, reading));
    }
}
