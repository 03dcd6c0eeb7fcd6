package dev.observatory.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.InflaterInputStream;

/** Reads what a {@link DataWriter} has written. Not thread-safe. */
final class DataReader {

    /** Reads one value. */
    interface Part<T> {
        T read(DataReader in) throws IOException;
    }

    private final DataInputStream in;

    private DataReader(byte[] data) {
        in = new DataInputStream(new BufferedInputStream(
                new InflaterInputStream(new ByteArrayInputStream(data, 1, data.length - 1)), 1 << 16));
    }

    /**
     * Reads all of it.
     *
     * @throws IllegalStateException when the data is damaged, or of a format that is not known
     */
    static <T> T read(byte[] data, Part<T> part) {
        if (data.length == 0 || data[0] != DataWriter.FORMAT) {
            throw new IllegalStateException("A part of the journal is not in format " + DataWriter.FORMAT);
        }
        DataReader reader = new DataReader(data);
        try {
            T value = part.read(reader);
            if (reader.in.read() >= 0) {
                throw new IllegalStateException("A part of the journal is longer than it should be");
            }
            return value;
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("A part of the journal is damaged", e);
        }
    }

    long number() throws IOException {
        return in.readLong();
    }

    Instant time() throws IOException {
        long seconds = number();
        return Instant.ofEpochSecond(seconds, number());
    }

    String text() throws IOException {
        long length = number();
        if (length < 0) {
            return null;
        }
        // not decoded as UTF-16, which replaces halves of surrogate pairs
        byte[] bytes = bytes(Math.multiplyExact(length, 2L));
        char[] text = new char[Math.toIntExact(length)];
        ByteBuffer.wrap(bytes).asCharBuffer().get(text);
        return new String(text);
    }

    String json() throws IOException {
        return new String(bytes(number()), StandardCharsets.UTF_8);
    }

    <T> List<T> all(Part<T> part) throws IOException {
        long size = number();
        List<T> values = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            values.add(part.read(this));
        }
        return values;
    }

    private byte[] bytes(long length) throws IOException {
        byte[] bytes = in.readNBytes(Math.toIntExact(length));
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }
}
