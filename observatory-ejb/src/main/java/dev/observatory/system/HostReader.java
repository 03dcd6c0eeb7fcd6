package dev.observatory.system;

import dev.observatory.message.SystemStatus.Host;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Reads what the machine is doing. The figures of {@code com.sun.management.OperatingSystemMXBean} come by the names of its
 * attributes: not every server shows its type to applications, and not every Java has it. Thread-safe; the disk may take
 * long, as one on a network does.
 */
final class HostReader {

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final Path folder;

    /** @param folder whose disk is looked at, or that of its nearest parent that exists */
    HostReader(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Path folder() {
        return folder;
    }

    /** How it is now, but for the disk. */
    Host withoutDisk() {
        return host(null, null);
    }

    /**
     * How it is now.
     *
     * @throws IOException when the disk cannot be read
     */
    Host read() throws IOException {
        FileStore disk = Files.getFileStore(existing(folder));
        return host(disk.getUsableSpace(), disk.getTotalSpace());
    }

    private Host host(Long diskFree, Long diskTotal) {
        Long total = attribute("TotalMemorySize") instanceof Long size ? size : null;
        Long used = total != null && attribute("FreeMemorySize") instanceof Long free ? total - free : null;
        return new Host(percent(attribute("CpuLoad")), used, total, diskFree, diskTotal);
    }

    /** With one decimal; null for what is no share, as the bean says where it does not know. */
    static Double percent(Object share) {
        return share instanceof Double known && known >= 0 && known <= 1 ? Math.round(known * 1000) / 10.0 : null;
    }

    private Object attribute(String name) {
        try {
            return beans.getAttribute(new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), name);
        } catch (JMException | JMRuntimeException unknown) {
            return null;
        }
    }

    private static Path existing(Path path) {
        Path found = path;
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }
}
