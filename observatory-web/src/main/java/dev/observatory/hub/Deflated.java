package dev.observatory.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * The compressed form of a message: made when the first client wants it, and once for all clients of all loops.
 * Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951: raw DEFLATE</a>
 */
final class Deflated {

    private final String text;
    private final HubMeters meters;
    private byte[] bytes;

    /** @param text the message's JSON */
    Deflated(String text, HubMeters meters) {
        this.text = text;
        this.meters = meters;
    }

    /** A view of the bytes of the caller's own. Whoever comes while they are being made waits for them. */
    synchronized ByteBuffer bytes() {
        if (bytes == null) {
            bytes = deflate(text.getBytes(StandardCharsets.UTF_8));
            meters.compressed(bytes.length);
        }
        return ByteBuffer.wrap(bytes);
    }

    /** Quickly rather than well: it is done on a delivery loop, and JSON shrinks to a fraction all the same. */
    private static byte[] deflate(byte[] plain) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(plain.length / 4 + 64);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, deflater, 8192)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        } finally {
            deflater.end();
        }
        return compressed.toByteArray();
    }
}
