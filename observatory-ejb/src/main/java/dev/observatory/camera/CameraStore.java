package dev.observatory.camera;

import dev.observatory.message.Detection;
import dev.observatory.message.SecurityEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The memory of cameras and of what they saw that outlives the process. Thread-safe. Every method throws {@link
 * dev.observatory.conversation.StoreUnavailableException} when the store can neither keep nor tell anything at present.
 */
public interface CameraStore {

    /** Every camera, in no order. */
    List<Camera> cameras();

    /** Keeps the newest states of cameras, all of them or none; one with a lower version never replaces a higher. */
    void keepCameras(Collection<Camera> cameras);

    /** Keeps new events, all of them or none. None of their ids must be known. */
    void keepEvents(List<SecurityEvent> events);

    /** Those of the ids by which an event is known. */
    Set<String> knownEvents(Collection<String> ids);

    /** The event of that id. */
    Optional<SecurityEvent> event(String id);

    /** Events, the newest first, by their start and then by id. */
    List<SecurityEvent> events(EventQuery query);

    /**
     * Lets events go that started before that time, the oldest first.
     *
     * @return how many went
     */
    int forgetEvents(Instant before, int atMost);

    /** Keeps new detections, all of them or none. None of their ids must be known. */
    void keepDetections(List<Detection> detections);

    /** Those of the ids by which a detection is known. */
    Set<String> knownDetections(Collection<String> ids);

    /** Detections, the newest first, by their time and then by id. */
    List<Detection> detections(DetectionQuery query);

    /**
     * Lets detections go that were made before that time, the oldest first.
     *
     * @return how many went
     */
    int forgetDetections(Instant before, int atMost);

    /** A place in the order of events or of detections. */
    record Mark(Instant at, String id) {}
}
