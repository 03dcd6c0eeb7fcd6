package dev.observatory.store;

import dev.observatory.conversation.KeptLine;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * How lines stand in a segment: a byte with the number of this format, then in zlib form, whose checksum shows damage,
 * the lines. Of each: by how much its position differs from the one that would follow the line before (zigzag), its
 * length times two, plus one if it was skipped; how many bytes were skipped, if so; and its text. Numbers are written
 * in groups of seven bits, the lowest first (LEB128).
 */
final class SegmentFormat {

    private static final int FORMAT = 1;

    private SegmentFormat() {}

    static byte[] write(List<KeptLine> lines) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        long expected = 1;
        for (KeptLine line : lines) {
            writeNumber(plain, zigzag(line.position() - expected));
            boolean isSkipped = line.skippedBytes() != 0;
            writeNumber(plain, (long) line.text().length << 1 | (isSkipped ? 1 : 0));
            if (isSkipped) {
                writeNumber(plain, line.skippedBytes());
            }
            plain.writeBytes(line.text());
            expected = line.position() + 1;
        }
        return deflated(plain);
    }

    /** @throws IllegalStateException when the data is damaged, or of a format that is not known */
    static List<KeptLine> read(byte[] data, int lineCount) {
        if (data.length == 0 || data[0] != FORMAT) {
            throw new IllegalStateException("A segment is not in format " + FORMAT);
        }
        InputStream plain = new BufferedInputStream(
                new InflaterInputStream(new ByteArrayInputStream(data, 1, data.length - 1)), 1 << 16);
        try (plain) {
            List<KeptLine> lines = new ArrayList<>(lineCount);
            long expected = 1;
            for (int i = 0; i < lineCount; i++) {
                KeptLine line = readLine(plain, expected);
                lines.add(line);
                expected = line.position() + 1;
            }
            if (plain.read() >= 0) {
                throw new IllegalStateException("A segment has more than its " + lineCount + " lines");
            }
            return lines;
        } catch (IOException e) {
            throw new IllegalStateException("A segment is damaged", e);
        }
    }

    private static KeptLine readLine(InputStream plain, long expected) throws IOException {
        long position = expected + unzigzag(readNumber(plain));
        long length = readNumber(plain);
        long skipped = (length & 1) == 0 ? 0 : readNumber(plain);
        byte[] text = plain.readNBytes(Math.toIntExact(length >>> 1));
        if (text.length < length >>> 1) {
            throw new EOFException();
        }
        return new KeptLine(position, text, skipped);
    }

    /** At level 1: a higher one is slower and gains little, see docs/decisions/0010-storage.md. */
    private static byte[] deflated(ByteArrayOutputStream plain) {
        ByteArrayOutputStream data = new ByteArrayOutputStream(plain.size() / 4 + 64);
        data.write(FORMAT);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(data, deflater, 1 << 16)) {
            plain.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return data.toByteArray();
    }

    private static void writeNumber(ByteArrayOutputStream out, long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long readNumber(InputStream in) throws IOException {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            number |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw new IOException("A number is too long");
    }

    private static long zigzag(long number) {
        return number << 1 ^ number >> 63;
    }

    private static long unzigzag(long number) {
        return number >>> 1 ^ -(number & 1);
    }
}
