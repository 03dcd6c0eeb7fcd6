package dev.observatory.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.observatory.protocol.Command;
import dev.observatory.protocol.Command.Authenticate;
import dev.observatory.protocol.Command.History;
import dev.observatory.protocol.Command.Ping;
import dev.observatory.protocol.Command.Resume;
import dev.observatory.protocol.Command.Status;
import dev.observatory.protocol.Command.Subscribe;
import dev.observatory.protocol.Command.Unsubscribe;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.protocol.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * Reads a client's text as a command. Whatever the text is, the result is a value: the command, or what is wrong with
 * it. Unknown fields are passed over. Thread-safe.
 */
public final class CommandReader {

    /** So much of an unknown type is named in the answer, characters. */
    private static final int MAX_SHOWN = 100;

    /** So much of what the parser says, which can quote a name of any length. */
    private static final int MAX_REASON = 200;

    private static final int MAX_DEPTH = 100;

    private static final String TOO_MUCH = "more than is read: at most " + MAX_DEPTH + " levels, numbers of "
            + StreamReadConstraints.DEFAULT_MAX_NUM_LEN + " and names of " + StreamReadConstraints.DEFAULT_MAX_NAME_LEN
            + " characters";

    /** Where the parser speaks of its own source object, which is none of the client's business. */
    private static final Pattern PARSER_LOCATION = Pattern.compile("\\s*(\\([^()]*)?\\[Source:.*", Pattern.DOTALL);

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // names from outside must not end up in a table that all readers and the whole JVM share
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    public Reading read(String text) {
        Envelope envelope = new Envelope(text);
        try (JsonParser parser = json.createParser(text)) {
            envelope.read(parser);
            return command(envelope);
        } catch (InvalidCommand e) {
            return e.refusal();
        } catch (StreamConstraintsException e) {
            // what the parser says of its limits names its own methods
            return envelope.refused(ErrorCode.BAD_JSON, TOO_MUCH, null).refusal();
        } catch (JsonProcessingException e) {
            String reason = PARSER_LOCATION.matcher(e.getOriginalMessage()).replaceFirst("");
            return envelope.refused(ErrorCode.BAD_JSON, "not valid JSON: " + shown(reason, MAX_REASON), null)
                    .refusal();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private Command command(Envelope envelope) throws InvalidCommand, IOException {
        if (envelope.type() == null) {
            throw envelope.missing("type", "a command needs a type");
        }
        return switch (envelope.type()) {
            case "subscribe" -> subscribe(envelope);
            case "unsubscribe" -> new Unsubscribe(envelope.id(), data(envelope).channels());
            case "resume" -> resume(envelope);
            case "history" -> history(envelope);
            case "ping" -> new Ping(envelope.id(), envelope.data());
            case "authenticate" ->
                new Authenticate(envelope.id(), data(envelope).token());
            case "status" -> new Status(envelope.id());
            default ->
                throw envelope.refused(
                        ErrorCode.UNKNOWN_TYPE,
                        "there is no command '" + shown(envelope.type(), MAX_SHOWN)
                                + "'; there are subscribe, unsubscribe, resume, history, ping, authenticate and"
                                + " status",
                        "type");
        };
    }

    private static String shown(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    private Command subscribe(Envelope envelope) throws InvalidCommand, IOException {
        CommandData data = data(envelope);
        return new Subscribe(envelope.id(), data.channels(), data.after());
    }

    private Command resume(Envelope envelope) throws InvalidCommand, IOException {
        CommandData data = data(envelope);
        return new Resume(
                envelope.id(),
                data.epoch(),
                data.cursor("high"),
                data.cursor("normal"),
                data.cursor("low"),
                data.channels());
    }

    private Command history(Envelope envelope) throws InvalidCommand, IOException {
        CommandData data = data(envelope);
        return new History(envelope.id(), data.channel(), data.afterSeq(), data.limit());
    }

    private CommandData data(Envelope envelope) throws InvalidCommand, IOException {
        if (envelope.data() == null) {
            throw envelope.missing("data", "a command of type '" + envelope.type() + "' needs data");
        }
        try (JsonParser parser = json.createParser(envelope.data())) {
            return CommandData.read(parser, envelope);
        }
    }
}
