package dev.observatory.message;

/** How a camera is. */
public enum CameraState {
    ONLINE,
    /** It has not been heard of for longer than it should be. */
    OFFLINE,
    /** It is there and says that something is wrong with it. */
    ERROR
}
