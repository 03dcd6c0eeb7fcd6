/**
 * How the system itself is: its components are checked every few seconds, and what an operator should know of becomes an
 * {@link dev.observatory.message.Alert}. All of it together is told each time, as {@link
 * dev.observatory.message.SystemStatus}.
 *
 * <p>Whoever has a component that can fail implements {@link dev.observatory.system.Component}; {@link
 * dev.observatory.system.SystemMonitor} has them checked and is asked for the {@link
 * dev.observatory.system.SystemHealth} and the latest status. Whoever delivers messages implements {@link
 * dev.observatory.system.DeliveryReport}; whoever else tells a status does it by {@link
 * dev.observatory.system.LatestStatus}. {@link dev.observatory.alert.Alerts} are raised by anybody.
 *
 * <p>It may ask the rooms that find things out how they are, but they must not know of it; and it must not know who is
 * told.
 */
package dev.observatory.system;
