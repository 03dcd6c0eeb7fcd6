package dev.observatory.ws;

import dev.observatory.hub.OpenRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads what a client asks for from the query of the address that it connects to. */
final class OpenRequests {

    private OpenRequests() {}

    /** {@code ?channels=a,b&resume=1&rate=100}; channels also given several times. What cannot be read is as if it were not there. */
    static OpenRequest of(Map<String, List<String>> query) {
        return new OpenRequest(
                channels(query.get("channels")), List.of("1").equals(query.get("resume")), rate(query.get("rate")));
    }

    private static List<String> channels(List<String> values) {
        return values == null
                ? null
                : values.stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .filter(name -> !name.isBlank())
                        .map(String::strip)
                        .toList();
    }

    private static int rate(List<String> values) {
        try {
            return values == null
                    ? 0
                    : Math.max(0, Integer.parseInt(values.get(0).strip()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
