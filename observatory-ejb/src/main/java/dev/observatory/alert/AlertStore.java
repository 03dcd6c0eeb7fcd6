package dev.observatory.alert;

import dev.observatory.message.Alert;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The memory of alerts that outlives the process. Thread-safe. Every method throws {@link
 * dev.observatory.conversation.StoreUnavailableException} when the store can neither keep nor tell anything at present.
 */
public interface AlertStore {

    /** Keeps the newest states of alerts, all of them or none; a state of the same alert with a lower version loses. */
    void keep(Collection<KeptAlert> alerts);

    /** All that are not resolved, the oldest first. */
    List<KeptAlert> open();

    /** The alert of that id. */
    Optional<KeptAlert> alert(String id);

    /**
     * Alerts, the newest first, by the time when they were raised and then by id.
     *
     * @param behind the alert behind which to begin, null to begin with the newest
     */
    List<Alert> alerts(Mark behind, int atMost);

    /**
     * Lets alerts go that were resolved before that time.
     *
     * @return how many went
     */
    int forget(Instant before, int atMost);

    /** A place in the order of alerts. */
    record Mark(Instant raisedAt, String id) {}
}
