package dev.observatory.journal;

import dev.observatory.message.Channel;
import dev.observatory.message.Priority;
import java.time.Instant;
import java.util.Locale;

/** How a message looks on the wire: its numbers around its data, in one line of JSON. */
final class MessageFrame {

    private MessageFrame() {}

    /** Types and channels hold no character that JSON would have to escape; {@code data} is JSON already. */
    static String json(String type, Channel channel, long seq, long pos, Instant timestamp, String data) {
        StringBuilder json = new StringBuilder(data.length() + 200);
        json.append("{\"type\":\"").append(type);
        json.append("\",\"channel\":\"").append(channel.name());
        json.append("\",\"seq\":").append(seq);
        json.append(",\"pos\":").append(pos);
        Priority priority = channel.priority();
        if (priority != Priority.NORMAL) {
            json.append(",\"priority\":\"")
                    .append(priority.name().toLowerCase(Locale.ROOT))
                    .append('"');
        }
        json.append(",\"timestamp\":\"").append(JsonEncoder.time(timestamp));
        json.append("\",\"data\":").append(data).append('}');
        return json.toString();
    }
}
