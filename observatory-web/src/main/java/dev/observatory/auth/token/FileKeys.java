package dev.observatory.auth.token;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Keys in a file, which is looked at for each token and read again when it has changed. While it cannot be read, the keys
 * that were last read from it go on. Thread-safe.
 */
final class FileKeys implements TokenKeys {

    private static final Logger LOG = System.getLogger(FileKeys.class.getName());

    /** Within this time of a change another one may leave the file's time as it is: clocks of file systems are coarse. */
    private static final Duration COARSENESS = Duration.ofSeconds(2);

    /** What tells one state of the file from another. */
    private record Stamp(Instant modified, long size, Object fileKey) {}

    /**
     * The file as it was last looked into.
     *
     * @param stamp null when there was no file
     * @param settled whether the stamp would be another if the file had changed since
     * @param keys the last ones that could be read
     */
    private record Reading(Stamp stamp, boolean settled, List<VerificationKey> keys) {

        boolean isOf(Stamp now) {
            return settled && Objects.equals(stamp, now);
        }
    }

    private final Path file;
    private final int maxBytes;
    private final Clock clock;

    /** Replaced as a whole, under the lock of this object. */
    private volatile Reading last;

    /** @throws IOException when the file cannot be read, or has no key that can be used */
    FileKeys(Path file, int maxBytes, Clock clock) throws IOException {
        this.file = file;
        this.maxBytes = maxBytes;
        this.clock = clock;
        Stamp now = stamp();
        last = new Reading(now, isSettled(now), read());
        if (last.keys().isEmpty()) {
            throw new IOException("no key that tokens can be verified with");
        }
    }

    @Override
    public List<VerificationKey> find(Predicate<VerificationKey> condition) {
        Reading reading = last;
        Stamp now = stamp();
        List<VerificationKey> keys = reading.isOf(now) ? reading.keys() : reread(now);
        return keys.stream().filter(condition).toList();
    }

    private synchronized List<VerificationKey> reread(Stamp now) {
        if (!last.isOf(now)) {
            last = new Reading(now, isSettled(now), newest(!Objects.equals(last.stamp(), now)));
        }
        return last.keys();
    }

    private List<VerificationKey> newest(boolean changed) {
        try {
            List<VerificationKey> keys = read();
            if (changed) {
                LOG.log(Level.INFO, "the keys for tokens have changed: {0} has {1} of them", file, keys.size());
            }
            return keys;
        } catch (IOException e) {
            if (changed) {
                LOG.log(Level.WARNING, "the keys for tokens stay as they were: " + file + " cannot be read", e);
            }
            return last.keys();
        }
    }

    private List<VerificationKey> read() throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IOException("more than " + maxBytes + " bytes");
            }
            return TokenKeys.usable(KeyText.read(new String(bytes, StandardCharsets.UTF_8)));
        }
    }

    private Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime().toInstant(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            // reading the file says what is wrong with it
            return null;
        }
    }

    private boolean isSettled(Stamp stamp) {
        return stamp == null || stamp.modified().plus(COARSENESS).isBefore(clock.instant());
    }
}
