package dev.observatory.transcript;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads lines of transcripts. Confined to one thread at a time.
 *
 * <p>Most of a transcript's bytes are of no use here ({@code toolUseResult} repeats results, {@code progress} repeats
 * whole messages, pictures are in base 64): they are skipped without being decoded, and texts are cut while they are
 * read.
 */
public final class TranscriptParser {

    /** Deepest nesting of a record. The deepest ones seen in the wild have about ten levels. */
    static final int MAX_DEPTH = 500;

    private final JsonFactory json = factory();
    private final TextReader texts;

    /** @param textLimit how much of a text is kept, in characters */
    public TranscriptParser(int textLimit) {
        texts = new TextReader(textLimit);
    }

    /**
     * Reads one line.
     *
     * @param buffer holds the line, without its newline, from {@code offset} on; it is neither changed nor kept
     * @return never null and never an exception, whatever the bytes are
     */
    public ParsedLine parse(byte[] buffer, int offset, int length) {
        try (JsonParser parser = json.createParser(buffer, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new BadLine(BadLine.Reason.NOT_AN_OBJECT);
            }
            TranscriptRecord record = new RecordReader(parser, texts).read();
            return parser.nextToken() == null ? record : new BadLine(BadLine.Reason.NOT_JSON);
        } catch (StreamConstraintsException e) {
            return new BadLine(BadLine.Reason.BEYOND_LIMITS);
        } catch (IOException e) {
            return new BadLine(reason(buffer, offset, length));
        }
    }

    private static BadLine.Reason reason(byte[] buffer, int offset, int length) {
        if (holdsNul(buffer, offset, length)) {
            return BadLine.Reason.NUL_BYTES;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, offset, length));
            return BadLine.Reason.NOT_JSON;
        } catch (CharacterCodingException e) {
            return BadLine.Reason.INVALID_UTF8;
        }
    }

    private static boolean holdsNul(byte[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** For all that read lines, so that they agree on what a record is. */
    static JsonFactory factory() {
        return new JsonFactoryBuilder()
                // a NUL among the first bytes would make the line pass for UTF-16
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                // names come from outside: they may be many, and chosen to collide
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        // the caller bounds the line; and numbers of absurd length are passed over, not computed
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }
}
