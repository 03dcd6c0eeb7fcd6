package dev.observatory.conversation;

import java.util.Optional;
import java.util.UUID;

/**
 * The kept lines in the order they were kept, for whoever follows them from behind, such as a search. It remembers no
 * follower: each knows the number that it has come to. Thread-safe.
 *
 * <p>Every method throws a {@link StoreUnavailableException} when it cannot tell now.
 */
public interface KeptSegments {

    /** Random, and the same for as long as the memory lasts: what was derived from another one is of no use with it. */
    UUID storeId();

    /** The first segment with a higher number, empty when there is none yet. */
    Optional<KeptSegment> after(long number);

    /** The segment with that number, empty when it is gone. */
    Optional<KeptSegment> segment(long number);

    /** The highest number there is, 0 when there is none. */
    long newest();
}
