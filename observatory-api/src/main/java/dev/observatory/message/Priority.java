package dev.observatory.message;

/**
 * How urgent a channel's messages are. A channel has one priority for ever, so a more urgent message can overtake
 * without breaking the order within any channel.
 */
public enum Priority {
    HIGH,
    NORMAL,
    LOW
}
