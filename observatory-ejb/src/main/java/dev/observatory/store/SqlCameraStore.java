package dev.observatory.store;

import dev.observatory.camera.Camera;
import dev.observatory.camera.CameraStore;
import dev.observatory.camera.DetectionQuery;
import dev.observatory.camera.EventQuery;
import dev.observatory.message.Detection;
import dev.observatory.message.SecurityEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Cameras, and what they saw, in a SQL database. Times are kept to the microsecond. Thread-safe. */
final class SqlCameraStore implements CameraStore {

    private final Database database;

    /** Held while cameras are kept: H2 would take one for new that another thread is just adding, and fail. */
    private final Object keepingCameras = new Object();

    SqlCameraStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Camera> cameras() {
        return database.read(handle -> new Rows<>(handle, CameraTables.CAMERA).all());
    }

    @Override
    public void keepCameras(Collection<Camera> cameras) {
        // in one order: two processes that keep the same cameras would else each wait for what the other has
        List<Camera> sorted =
                cameras.stream().sorted(Comparator.comparing(Camera::cameraId)).toList();
        synchronized (keepingCameras) {
            database.write(transaction -> transaction.upsert(CameraTables.CAMERA, sorted));
        }
    }

    @Override
    public void keepEvents(List<SecurityEvent> events) {
        database.write(transaction -> transaction.insert(CameraTables.EVENT, events));
    }

    @Override
    public Set<String> knownEvents(Collection<String> ids) {
        return database.read(handle -> new Rows<>(handle, CameraTables.EVENT).known(ids));
    }

    @Override
    public Optional<SecurityEvent> event(String id) {
        return database.read(handle -> new Rows<>(handle, CameraTables.EVENT).find(id));
    }

    @Override
    public List<SecurityEvent> events(EventQuery query) {
        return database.read(handle -> of(query).list(handle));
    }

    static NewestFirst<SecurityEvent> of(EventQuery query) {
        NewestFirst<SecurityEvent> newest = new NewestFirst<>(CameraTables.EVENT, "started_at", query.atMost())
                .within("camera_id", StoredText.of(query.cameraId()))
                .within("risk_level", Tables.name(query.riskLevel()))
                .atLeast("risk_score", query.minRiskScore())
                .since(query.since())
                .until(query.until());
        return behind(query.behind(), newest);
    }

    @Override
    public int forgetEvents(Instant before, int atMost) {
        return database.inTransaction(transaction ->
                new Rows<>(transaction.handle(), CameraTables.EVENT).deleteOldest("started_at", before, atMost));
    }

    @Override
    public void keepDetections(List<Detection> detections) {
        database.write(transaction -> transaction.insert(CameraTables.DETECTION, detections));
    }

    @Override
    public Set<String> knownDetections(Collection<String> ids) {
        return database.read(handle -> new Rows<>(handle, CameraTables.DETECTION).known(ids));
    }

    @Override
    public List<Detection> detections(DetectionQuery query) {
        return database.read(handle -> of(query).list(handle));
    }

    static NewestFirst<Detection> of(DetectionQuery query) {
        NewestFirst<Detection> newest = new NewestFirst<>(CameraTables.DETECTION, "detected_at", query.atMost())
                .within("camera_id", StoredText.of(query.cameraId()))
                .within("type_id", CameraTables.idOfType(query.objectType()))
                .atLeast("confidence", query.minConfidence())
                .since(query.since())
                .until(query.until());
        return behind(query.behind(), newest);
    }

    @Override
    public int forgetDetections(Instant before, int atMost) {
        return database.inTransaction(transaction ->
                new Rows<>(transaction.handle(), CameraTables.DETECTION).deleteOldest("detected_at", before, atMost));
    }

    private static <T> NewestFirst<T> behind(Mark mark, NewestFirst<T> newest) {
        return mark == null ? newest : newest.behind(mark.at(), mark.id());
    }
}
