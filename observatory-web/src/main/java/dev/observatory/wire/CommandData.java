package dev.observatory.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.observatory.protocol.Command.History;
import dev.observatory.protocol.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields that a command's data can have; asking for one that is needed and missing refuses the command. */
final class CommandData {

    /** More names in one command would only keep the delivery to others waiting. */
    private static final int MAX_CHANNELS = 1000;

    private final Envelope envelope;
    private List<String> channels;
    private String channel;
    private Long afterSeq;
    private Long limit;
    private String epoch;
    private String token;
    private Map<String, Long> cursor;
    private Map<String, Long> after = Map.of();

    private CommandData(Envelope envelope) {
        this.envelope = envelope;
    }

    static CommandData read(JsonParser parser, Envelope envelope) throws IOException, InvalidCommand {
        CommandData data = new CommandData(envelope);
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw envelope.refused(ErrorCode.INVALID_FIELD, "data is an object", "data");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            data.take(field, parser);
        }
        return data;
    }

    private void take(String field, JsonParser parser) throws IOException, InvalidCommand {
        switch (field) {
            case "channels" -> channels = strings(parser);
            case "channel" -> channel = string(parser, "data.channel");
            case "after_seq" -> afterSeq = number(parser, "data.after_seq", Long.MAX_VALUE);
            case "epoch" -> epoch = string(parser, "data.epoch");
            case "token" -> token = string(parser, "data.token");
            case "cursor" -> cursor = numbers(parser, "data.cursor");
            case "after" -> after = numbers(parser, "data.after");
            case "limit" -> limit = number(parser, "data.limit", History.MAX_LIMIT);
            default -> parser.skipChildren();
        }
    }

    List<String> channels() throws InvalidCommand {
        if (channels == null) {
            throw envelope.missing("data.channels", "data.channels is needed: a list of channel names");
        }
        if (channels.isEmpty()) {
            throw envelope.refused(ErrorCode.INVALID_FIELD, "data.channels is empty", "data.channels");
        }
        return channels;
    }

    String channel() throws InvalidCommand {
        if (channel == null) {
            throw envelope.missing("data.channel", "data.channel is needed: the name of a home channel");
        }
        return channel;
    }

    String epoch() throws InvalidCommand {
        if (epoch == null) {
            throw envelope.missing("data.epoch", "data.epoch is needed: the epoch of the connection before");
        }
        return epoch;
    }

    String token() throws InvalidCommand {
        if (token == null) {
            throw envelope.missing("data.token", "data.token is needed: the new token");
        }
        return token;
    }

    /** The last number that the client has of channels of that priority; 0 where it says none. */
    long cursor(String priority) throws InvalidCommand {
        if (cursor == null) {
            throw envelope.missing(
                    "data.cursor", "data.cursor is needed: the last pos of each priority, high, normal and low");
        }
        return cursor.getOrDefault(priority, 0L);
    }

    /** The last number that the client has of some of the channels. */
    Map<String, Long> after() {
        return after;
    }

    /** From the beginning unless something else is asked for. */
    long afterSeq() {
        return afterSeq == null ? 0 : afterSeq;
    }

    /** As many as there may be unless fewer are asked for. */
    int limit() {
        return limit == null ? History.MAX_LIMIT : limit.intValue();
    }

    private List<String> strings(JsonParser parser) throws IOException, InvalidCommand {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw envelope.refused(
                    ErrorCode.INVALID_FIELD, "data.channels is a list of channel names", "data.channels");
        }
        List<String> strings = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (strings.size() == MAX_CHANNELS) {
                throw envelope.refused(
                        ErrorCode.INVALID_FIELD,
                        "data.channels has at most " + MAX_CHANNELS + " names",
                        "data.channels");
            }
            strings.add(string(parser, "data.channels"));
        }
        return strings;
    }

    private Map<String, Long> numbers(JsonParser parser, String field) throws IOException, InvalidCommand {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw envelope.refused(ErrorCode.INVALID_FIELD, field + " is an object of numbers", field);
        }
        Map<String, Long> numbers = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (numbers.size() == MAX_CHANNELS) {
                throw envelope.refused(
                        ErrorCode.INVALID_FIELD, field + " has at most " + MAX_CHANNELS + " numbers", field);
            }
            parser.nextToken();
            numbers.put(name, number(parser, field, Long.MAX_VALUE));
        }
        return numbers;
    }

    private String string(JsonParser parser, String field) throws IOException, InvalidCommand {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw envelope.refused(ErrorCode.INVALID_FIELD, field + " holds strings only", field);
        }
        return parser.getText();
    }

    private long number(JsonParser parser, String field, long max) throws IOException, InvalidCommand {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && parser.getLongValue() >= 0
                && parser.getLongValue() <= max) {
            return parser.getLongValue();
        }
        throw envelope.refused(ErrorCode.INVALID_FIELD, field + " is a whole number from 0 to " + max, field);
    }
}
