package dev.observatory.hub;

import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.protocol.Reading;
import dev.observatory.wire.CommandReader;

/** Brings what the network says onto the connection's loop. Text is read on the network's thread, to spare the loop. */
record LoopInbound(Connection connection, CommandReader reader, CommandHandler commands, HubSettings settings)
        implements Inbound {

    @Override
    public int maxBytes() {
        return settings.commandBytes();
    }

    @Override
    public void text(String text) {
        handle(reader.read(text));
    }

    @Override
    public void tooLarge() {
        handle(new CommandRefusal(
                null, ErrorCode.TOO_LARGE, "a command has at most " + settings.commandBytes() + " bytes", null));
    }

    @Override
    public void flooded() {
        connection.loop().execute(() -> connection.close(CloseCode.TOO_BIG));
    }

    @Override
    public void binary() {
        handle(new CommandRefusal(null, ErrorCode.BINARY_NOT_SUPPORTED, "commands are text messages", null));
    }

    @Override
    public void pong() {
        connection.loop().execute(connection::pong);
    }

    @Override
    public void closed() {
        connection.loop().execute(connection::gone);
    }

    private void handle(Reading reading) {
        connection.loop().execute(() -> commands.handle(connection, reading));
    }
}
