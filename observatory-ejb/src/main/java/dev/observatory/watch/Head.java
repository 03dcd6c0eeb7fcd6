package dev.observatory.watch;

import java.util.zip.CRC32C;

/**
 * A fingerprint of a file's first bytes, by which another file under the same name is recognised. Immutable.
 *
 * @param length how many bytes it covers, at most {@value #MAX_LENGTH}
 */
record Head(int length, long checksum) {

    static final int MAX_LENGTH = 4096;
    static final Head EMPTY = new Head(0, 0);

    static Head of(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return new Head(length, checksum.getValue());
    }

    /** Whether a file that now begins with these bytes can still be the one this was taken of. */
    boolean begins(byte[] bytes, int available) {
        return length <= available && equals(of(bytes, length));
    }
}
