package dev.observatory.store;

import dev.observatory.camera.Camera;
import dev.observatory.message.CameraState;
import dev.observatory.message.Detection;
import dev.observatory.message.RiskLevel;
import dev.observatory.message.SecurityEvent;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Which part of a camera, and of what it saw, stands in which column. */
final class CameraTables {

    static final Table<Camera> CAMERA =
            new Table<>("camera", "id", true, cameraColumns(), (row, context) -> camera(row));

    static final Table<SecurityEvent> EVENT =
            new Table<>("security_event", "id", false, eventColumns(), (row, context) -> event(row));

    static final Table<Detection> DETECTION =
            new Table<>("detection", "id", false, detectionColumns(), (row, context) -> detection(row));

    private CameraTables() {}

    /** The same for the same type, and short, which that need not be. Null stays null. */
    static UUID idOfType(String objectType) {
        return objectType == null
                ? null
                : UUID.nameUUIDFromBytes(StoredText.of(objectType).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Function<Camera, Object>> cameraColumns() {
        Map<String, Function<Camera, Object>> columns = new LinkedHashMap<>();
        columns.put("id", camera -> StoredText.of(camera.cameraId()));
        columns.put("name", camera -> StoredText.of(camera.name()));
        columns.put("status", camera -> Tables.name(camera.status()));
        columns.put("last_seen_at", camera -> StoredTime.of(camera.lastSeenAt()));
        columns.put("registered_at", camera -> StoredTime.of(camera.registeredAt()));
        columns.put("version", Camera::version);
        return columns;
    }

    private static Camera camera(ResultSet row) throws SQLException {
        return new Camera(
                Tables.text(row, "id"),
                Tables.text(row, "name"),
                CameraState.valueOf(row.getString("status")),
                StoredTime.read(row, "last_seen_at"),
                StoredTime.read(row, "registered_at"),
                row.getLong("version"));
    }

    private static Map<String, Function<SecurityEvent, Object>> eventColumns() {
        Map<String, Function<SecurityEvent, Object>> columns = new LinkedHashMap<>();
        columns.put("id", event -> StoredText.of(event.id()));
        columns.put("camera_id", event -> StoredText.of(event.cameraId()));
        columns.put("risk_score", SecurityEvent::riskScore);
        columns.put("risk_level", event -> Tables.name(event.riskLevel()));
        columns.put("summary", event -> StoredText.of(event.summary()));
        columns.put("reasoning", event -> StoredText.of(event.reasoning()));
        columns.put("started_at", event -> StoredTime.of(event.startedAt()));
        columns.put("ended_at", event -> StoredTime.of(event.endedAt()));
        return columns;
    }

    private static SecurityEvent event(ResultSet row) throws SQLException {
        return new SecurityEvent(
                Tables.text(row, "id"),
                Tables.text(row, "camera_id"),
                row.getInt("risk_score"),
                RiskLevel.valueOf(row.getString("risk_level")),
                Tables.text(row, "summary"),
                Tables.text(row, "reasoning"),
                StoredTime.read(row, "started_at"),
                StoredTime.read(row, "ended_at"));
    }

    private static Map<String, Function<Detection, Object>> detectionColumns() {
        Map<String, Function<Detection, Object>> columns = new LinkedHashMap<>();
        columns.put("id", detection -> StoredText.of(detection.id()));
        columns.put("camera_id", detection -> StoredText.of(detection.cameraId()));
        columns.put("object_type", detection -> StoredText.of(detection.objectType()));
        columns.put("type_id", detection -> idOfType(detection.objectType()));
        columns.put("confidence", Detection::confidence);
        columns.put("detected_at", detection -> StoredTime.of(detection.detectedAt()));
        columns.put("bbox_x", Detection::bboxX);
        columns.put("bbox_y", Detection::bboxY);
        columns.put("bbox_width", Detection::bboxWidth);
        columns.put("bbox_height", Detection::bboxHeight);
        return columns;
    }

    private static Detection detection(ResultSet row) throws SQLException {
        return new Detection(
                Tables.text(row, "id"),
                Tables.text(row, "camera_id"),
                Tables.text(row, "object_type"),
                row.getDouble("confidence"),
                StoredTime.read(row, "detected_at"),
                row.getInt("bbox_x"),
                row.getInt("bbox_y"),
                row.getInt("bbox_width"),
                row.getInt("bbox_height"));
    }
}
