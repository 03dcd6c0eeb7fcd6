package dev.observatory.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.observatory.fuzz.FuzzRun;
import dev.observatory.fuzz.Mutator;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.protocol.Command;
import dev.observatory.protocol.Command.History;
import dev.observatory.protocol.Command.Ping;
import dev.observatory.protocol.Command.Resume;
import dev.observatory.protocol.Command.Subscribe;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.Reading;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The reader of commands, given damaged ones,")
class CommandFuzzTest {

    private static final List<String> COMMANDS = List.of(
            "{\"type\":\"subscribe\",\"id\":1,\"data\":{\"channels\":[\"alerts\",\"topic:a\"],"
                    + "\"after\":{\"alerts\":7,\"topic:a\":0}}}",
            "{\"type\":\"unsubscribe\",\"id\":\"u-1\",\"data\":{\"channels\":[\"conversation:9f1c\"]}}",
            "{\"type\":\"resume\",\"id\":2,\"data\":{\"epoch\":\"e\",\"cursor\":{\"high\":1,\"normal\":2,\"low\":3},"
                    + "\"channels\":[\"alerts\",\"file_events\"]}}",
            "{\"type\":\"history\",\"id\":1.50,\"data\":{\"channel\":\"alerts\",\"after_seq\":7,\"limit\":100}}",
            "{\"type\":\"ping\",\"id\":\"\\u0041\\n\",\"data\":{\"any\":[null,true,{\"b\":-1.5e3}],\"text\":\"\ud83d\ude00\"}}",
            " {\n\t\"id\" : 12345678901234567890 , \"type\" : \"status\" , \"more\" : [ 1 ] }\r\n");

    /** What a refusal would say of the program that reads, were it not told not to. */
    private static final Pattern INNER_LIFE =
            Pattern.compile("Source|StreamRead|fasterxml|Exception|\\.java|\\bat dev\\.|line: ?\\d|column: ?\\d");

    /** However long the command. */
    private static final int LONGEST_REFUSAL = 500;

    private final CommandReader reader = new CommandReader();
    private final FrameWriter writer = new FrameWriter(new JsonEncoder(), Clock.systemUTC());
    private final JsonFactory json = new JsonFactory();

    static List<String> commands() {
        return COMMANDS;
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("makes a value of each whose one value is of another kind, or beyond all measure")
    @MethodSource("commands")
    void replaced(String command) {
        assertThat(reader.read(command)).isInstanceOf(Command.class);
        Mutator.replacements(command).forEach(this::check);
    }

    @Test
    @DisplayName("makes a value of each, answers by an id that came with it, and tells nothing of its inner life")
    void damaged() throws InterruptedException {
        FuzzRun.run("CommandFuzzTest", mutator -> mutator.damaged(COMMANDS), this::check);
    }

    private void check(String text) {
        Reading reading = reader.read(text);

        assertThat(reader.read(text)).isEqualTo(reading);
        if (reading.id() != null) {
            assertThat(lineOf(text)).contains(reading.id());
            assertThat(firstToken(reading.id()))
                    .isIn(JsonToken.VALUE_STRING, JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT);
        }
        if (reading instanceof CommandRefusal refusal) {
            assertThat(refusal.code()).isNotNull();
            assertThat(refusal.message()).isNotBlank().hasSizeLessThan(LONGEST_REFUSAL);
            assertThat(INNER_LIFE.matcher(refusal.message()).find())
                    .as(refusal.message())
                    .isFalse();
            assertFrame(writer.refusal(refusal));
        } else {
            checkCommand((Command) reading, text);
        }
    }

    private void checkCommand(Command command, String text) {
        if (command instanceof Ping ping) {
            if (ping.data() != null) {
                assertThat(lineOf(text)).contains(ping.data());
            }
            assertFrame(writer.pong(ping.data(), ping.id()));
        } else if (command instanceof History history) {
            assertThat(history.channel()).isNotNull();
            assertThat(history.afterSeq()).isNotNegative();
            assertThat(history.limit()).isBetween(0, History.MAX_LIMIT);
        } else if (command instanceof Resume resume) {
            assertThat(resume.epoch()).isNotNull();
            assertThat(resume.channels()).isNotEmpty();
            assertThat(List.of(resume.high(), resume.normal(), resume.low()))
                    .allSatisfy(pos -> assertThat(pos).isNotNegative());
        } else if (command instanceof Subscribe subscribe) {
            assertThat(subscribe.channels()).isNotEmpty();
            assertThat(subscribe.after().values())
                    .allSatisfy(seq -> assertThat(seq).isNotNegative());
        }
    }

    /** As the reader keeps what it hands back. */
    private static String lineOf(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    private JsonToken firstToken(String text) {
        try (JsonParser parser = json.createParser(text)) {
            JsonToken first = parser.nextToken();
            parser.finishToken();
            assertThat(parser.nextToken()).isNull();
            return first;
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /** One object in one line. */
    private void assertFrame(String frame) {
        assertThat(frame).doesNotContain("\n", "\r");
        try (JsonParser parser = json.createParser(frame)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + frame, e);
        }
    }
}
