package dev.observatory.system;

import dev.observatory.message.SystemStatus.Percentiles;
import java.util.Optional;

/**
 * How messages get to the clients, told by whoever delivers them: this room does not know who does. Thread-safe; a CDI
 * bean.
 */
public interface DeliveryReport {

    /** What was found last; empty while that is nothing. Never waits. */
    Optional<Figures> latest();

    /**
     * The delivery in figures. Immutable.
     *
     * @param connections open connections over all endpoints
     * @param messagesPerS how many messages got their numbers, in a second of the last minute; null where that is not
     *     known yet
     * @param deliveries how many there were in the last minute
     * @param deliveryMs how long these took, from a message's number to the end of a send; null when there was none
     */
    record Figures(int connections, Double messagesPerS, long deliveries, Percentiles deliveryMs) {}
}
