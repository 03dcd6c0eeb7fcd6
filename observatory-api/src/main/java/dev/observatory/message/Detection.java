package dev.observatory.message;

import java.time.Instant;

/**
 * An object that a detector found in a camera's picture. The box around it is in pixels of that picture, from its upper
 * left corner; it may reach beyond the picture.
 *
 * @param id names it for ever: 1 to 200 characters of {@code [A-Za-z0-9_.:-]}
 * @param cameraId the camera, in the same form
 * @param objectType what it is, such as {@code person}; not empty
 * @param confidence how sure the detector is, 0 to 1
 * @param bboxX left edge of the box, -{@value #MAX_PIXELS} to {@value #MAX_PIXELS}
 * @param bboxY upper edge of the box, in the same range
 * @param bboxWidth 0 to {@value #MAX_PIXELS}
 * @param bboxHeight 0 to {@value #MAX_PIXELS}
 */
public record Detection(
        String id,
        String cameraId,
        String objectType,
        double confidence,
        Instant detectedAt,
        int bboxX,
        int bboxY,
        int bboxWidth,
        int bboxHeight) {

    /** Larger than any picture. */
    public static final int MAX_PIXELS = 1_000_000;

    /** @throws InvalidValueException when a value is missing or out of its range */
    public Detection {
        Require.id("id", id);
        Require.id("cameraId", cameraId);
        Require.text("objectType", objectType);
        Require.within("confidence", confidence, 0, 1);
        Require.present("detectedAt", detectedAt);
        Require.within("bboxX", bboxX, -MAX_PIXELS, MAX_PIXELS);
        Require.within("bboxY", bboxY, -MAX_PIXELS, MAX_PIXELS);
        Require.within("bboxWidth", bboxWidth, 0, MAX_PIXELS);
        Require.within("bboxHeight", bboxHeight, 0, MAX_PIXELS);
    }
}
