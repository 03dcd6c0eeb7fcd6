package dev.observatory.system;

import dev.observatory.message.ComponentHealth;
import dev.observatory.message.HealthStatus;
import java.util.List;

/**
 * How everything is. Immutable.
 *
 * @param status {@code ok} when every component is, or else {@code degraded}: whatever is away, what is known is served
 */
public record SystemHealth(HealthStatus status, List<ComponentHealth> components) {

    public SystemHealth {
        components = List.copyOf(components);
    }

    static SystemHealth of(List<ComponentHealth> components) {
        boolean ok = components.stream().allMatch(component -> component.status() == HealthStatus.OK);
        return new SystemHealth(ok ? HealthStatus.OK : HealthStatus.DEGRADED, components);
    }
}
