package dev.observatory.conversation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * 128 bits that stand for something longer: a UUID itself, or else the first half of a SHA-256. Immutable.
 */
record Key(long high, long low) {

    private static final int UUID_LENGTH = 36;
    private static final byte PRESENT = 1;
    private static final byte ABSENT = 0;

    /** Nothing is fed to it: a clone of it costs less than a look for the provider. */
    private static final MessageDigest SHA_256 = newSha256();

    /** Of a record's uuid, which most often is a true one. */
    static Key ofUuid(String uuid) {
        if (uuid.length() != UUID_LENGTH) {
            return ofNames(uuid);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = uuid.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash != (c == '-') || !dash && !lowerHex(c)) {
                return ofNames(uuid);
            }
            if (!dash) {
                high = high << 4 | low >>> 60;
                low = low << 4 | HexFormat.fromHexDigit(c);
            }
        }
        return new Key(high, low);
    }

    private static boolean lowerHex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }

    /** Of names in order, any of which may be null. */
    static Key ofNames(String... names) {
        MessageDigest digest = sha256();
        for (String name : names) {
            if (name == null) {
                digest.update(ABSENT);
            } else {
                digest.update(PRESENT);
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                digest.update(bytes);
            }
        }
        return of(digest);
    }

    /** Of a line at its place in the file. */
    static Key ofLine(long position, byte[] buffer, int offset, int length) {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(position).flip());
        digest.update(buffer, offset, length);
        return of(digest);
    }

    private static Key of(MessageDigest digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new Key(bytes.getLong(), bytes.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own SHA-256 can be cloned", e);
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
