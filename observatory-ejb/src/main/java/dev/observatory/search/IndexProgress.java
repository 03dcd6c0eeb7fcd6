package dev.observatory.search;

import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.KeptSegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * How far an index has come, as it is written with each of its commits. Immutable.
 *
 * @param format of the documents: what they hold and how much of a record
 * @param store whose lines they are
 * @param segment the number of the last segment in it, 0 for none
 * @param checksum of that segment: a store that was set back to an older state gives its number to other lines
 */
record IndexProgress(String format, UUID store, long segment, long checksum) {

    static IndexProgress none(String format, UUID store) {
        return new IndexProgress(format, store, 0, 0);
    }

    /** @return null when an index says nothing that can be understood */
    static IndexProgress read(Map<String, String> commit) {
        try {
            return new IndexProgress(
                    commit.get("format"),
                    UUID.fromString(commit.getOrDefault("store", "")),
                    Long.parseLong(commit.get("segment")),
                    Long.parseLong(commit.get("checksum")));
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    Map<String, String> written() {
        return Map.of(
                "format", format,
                "store", store.toString(),
                "segment", Long.toString(segment),
                "checksum", Long.toString(checksum));
    }

    IndexProgress after(KeptSegment next) {
        return new IndexProgress(format, store, next.number(), checksum(next));
    }

    /** Whether this is the segment that was the last. */
    boolean endsWith(KeptSegment other) {
        return other.number() == segment && checksum(other) == checksum;
    }

    private static long checksum(KeptSegment segment) {
        CRC32 checksum = new CRC32();
        checksum.update(segment.place().path().getBytes(StandardCharsets.UTF_8));
        for (KeptLine line : segment.lines()) {
            checksum.update(line.text());
        }
        return checksum.getValue();
    }
}
