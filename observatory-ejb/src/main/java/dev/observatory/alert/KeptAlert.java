package dev.observatory.alert;

import dev.observatory.message.Alert;

/**
 * An alert as it is kept. Immutable.
 *
 * @param kind tells the open alerts of a source apart; nobody sees it
 * @param isOnce whether it tells of something that is over already, and so is resolved when it is acknowledged
 * @param version rises with every change
 */
public record KeptAlert(Alert alert, String kind, boolean isOnce, long version) {}
