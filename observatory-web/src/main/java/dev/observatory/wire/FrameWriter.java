package dev.observatory.wire;

import dev.observatory.journal.Journal.History;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.ControlFrame;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the frames that are no messages, each as one line of JSON. {@code replyTo} is the id of the command they
 * answer, as JSON text, or null. Thread-safe.
 */
public final class FrameWriter {

    /** A snapshot's part is closed once it has so many bytes, so that a large state does not arrive as one frame. */
    private static final int PART_BYTES = 256 * 1024;

    private final JsonEncoder encoder;
    private final Clock clock;

    public FrameWriter(JsonEncoder encoder, Clock clock) {
        this.encoder = encoder;
        this.clock = clock;
    }

    public String control(ControlFrame frame, String replyTo) {
        return frame(frame.type(), "", replyTo, encoder.encode(frame));
    }

    public String refusal(CommandRefusal refusal) {
        ControlFrame.Error error = new ControlFrame.Error(
                refusal.code(),
                refusal.message(),
                refusal.field(),
                refusal.code().action());
        return control(error, refusal.id());
    }

    /** @param data what the client wanted echoed, as JSON text, or null */
    public String pong(String data, String replyTo) {
        return frame("pong", "", replyTo, data == null ? "{}" : data);
    }

    public String history(Channel channel, History history, String replyTo) {
        String messages = history.messages().stream().map(Message::json).collect(Collectors.joining(","));
        return frame(
                "history",
                "",
                replyTo,
                "{\"channel\":\"" + channel.name() + "\",\"messages\":[" + messages + "],\"complete\":"
                        + history.complete() + "}");
    }

    /** A message that is sent for another time, or to a client that came later: marked so, and otherwise the same. */
    public String replay(Message message) {
        String json = message.json();
        // its type and channel hold no quotes, so this is the first of that name
        int at = json.indexOf(",\"timestamp\":");
        return json.substring(0, at) + ",\"replay\":true" + json.substring(at);
    }

    /**
     * The state behind a channel as one frame or several.
     *
     * @param pos everything up to here is in it
     * @param omitted how many things are left out of {@code items}; said only when there are any
     */
    public List<String> snapshot(Channel channel, long pos, List<?> items, int omitted) {
        List<String> parts = parts(items);
        List<String> frames = new ArrayList<>();
        for (int part = 1; part <= parts.size(); part++) {
            String data = "{\"channel\":\"" + channel.name() + "\",\"items\":[" + parts.get(part - 1) + "],\"part\":"
                    + part + ",\"parts\":" + parts.size() + (omitted == 0 ? "" : ",\"omitted\":" + omitted) + "}";
            frames.add(frame("snapshot", ",\"pos\":" + pos, null, data));
        }
        return frames;
    }

    /** At least one part, also of nothing: the client waits for it. */
    private List<String> parts(List<?> items) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int bytes = 0;
        for (Object item : items) {
            String json = encoder.encode(item);
            if (bytes > PART_BYTES) {
                parts.add(part.toString());
                part.setLength(0);
                bytes = 0;
            }
            if (part.length() > 0) {
                part.append(',');
            }
            part.append(json);
            bytes += json.getBytes(StandardCharsets.UTF_8).length;
        }
        parts.add(part.toString());
        return parts;
    }

    private String frame(String type, String pos, String replyTo, String data) {
        return "{\"type\":\"" + type + "\"" + (replyTo == null ? "" : ",\"reply_to\":" + replyTo) + pos
                + ",\"timestamp\":\"" + JsonEncoder.time(clock.instant()) + "\",\"data\":" + data + "}";
    }
}
