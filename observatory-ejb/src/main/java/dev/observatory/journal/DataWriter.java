package dev.observatory.journal;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes values one behind the other: a byte with the number of the format, then the rest in zlib form, whose checksum
 * shows damage. Not thread-safe.
 */
final class DataWriter {

    static final int FORMAT = 1;

    private static final int BUFFER = 1 << 16;

    /** Writes one value. */
    interface Part<T> {
        void write(DataWriter out, T value);
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final DataOutputStream out;

    DataWriter() {
        bytes.write(FORMAT);
        // buffered in front: each single byte would be a call of the native deflater
        out = new DataOutputStream(new BufferedOutputStream(new DeflaterOutputStream(bytes, deflater, BUFFER), BUFFER));
    }

    void number(long number) {
        try {
            out.writeLong(number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void time(Instant time) {
        number(time.getEpochSecond());
        number(time.getNano());
    }

    /** Any text at all, halves of surrogate pairs included, or null. */
    void text(String text) {
        number(text == null ? -1 : text.length());
        try {
            out.writeChars(text == null ? "" : text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text that UTF-8 can carry, as all encoded JSON is. */
    void json(String json) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        try {
            out.write(utf8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T> void all(Collection<T> values, Part<? super T> part) {
        number(values.size());
        values.forEach(value -> part.write(this, value));
    }

    byte[] end() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }
}
