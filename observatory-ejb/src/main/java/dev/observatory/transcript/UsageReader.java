package dev.observatory.transcript;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads the {@code usage} of one message. Used once, by its parser's thread. */
final class UsageReader {

    /** More digits than any true count of tokens has; longer numbers count as none, so that no sum overflows. */
    private static final int MAX_DIGITS = 12;

    private final JsonParser parser;

    private long input;
    private long output;
    private long cacheCreation;
    private long cacheRead;
    private long hourCacheCreation;

    UsageReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the object that the parser stands at the beginning of. */
    TokenUsage read() throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            readField(name);
        }
        // the total is older than its split, and what others count: where the two disagree, it rules
        return new TokenUsage(input, output, cacheCreation, cacheRead, Math.min(hourCacheCreation, cacheCreation));
    }

    private void readField(String name) throws IOException {
        switch (name) {
            case "input_tokens" -> input = count();
            case "output_tokens" -> output = count();
            case "cache_creation_input_tokens" -> cacheCreation = count();
            case "cache_read_input_tokens" -> cacheRead = count();
            case "cache_creation" -> readSplit();
            default -> parser.skipChildren();
        }
    }

    /** Of the split, the part for an hour is enough: the rest of the total is kept for five minutes. */
    private void readSplit() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals("ephemeral_1h_input_tokens")) {
                hourCacheCreation = count();
            } else {
                parser.skipChildren();
            }
        }
    }

    private long count() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            parser.skipChildren();
            return 0;
        }
        return parser.getTextLength() > MAX_DIGITS ? 0 : Math.max(0, parser.getLongValue());
    }
}
