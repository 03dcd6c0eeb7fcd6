/**
 * What an operator should know of. {@link dev.observatory.alert.Alerts} are raised by anybody who finds trouble, told at
 * once, and kept by {@link dev.observatory.alert.AlertKeeper} in an {@link dev.observatory.alert.AlertStore}.
 */
package dev.observatory.alert;
