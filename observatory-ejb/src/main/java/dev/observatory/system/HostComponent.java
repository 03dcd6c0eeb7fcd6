package dev.observatory.system;

import dev.observatory.config.Settings;
import dev.observatory.message.SystemStatus.Host;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.eclipse.microprofile.config.Config;

/** Whether there is room on the disk where Observatory keeps its data; what else the machine is doing is a remark. */
@ApplicationScoped
public class HostComponent implements Component {

    @Inject
    Config config;

    private HostReader reader;
    private long minDiskFree;

    /** Null before the first check. */
    private volatile Host latest;

    @PostConstruct
    void start() {
        Settings settings = new Settings(config);
        reader = new HostReader(Path.of(settings.value("observatory.data.dir", String.class)));
        minDiskFree = settings.positiveSize("observatory.system.min-disk-free");
    }

    @Override
    public String name() {
        return "host";
    }

    @Override
    public Diagnosis check() {
        try {
            Host now = reader.read();
            latest = now;
            return diagnose(now, minDiskFree, reader.folder());
        } catch (IOException e) {
            latest = reader.withoutDisk();
            return Diagnosis.degraded("The disk of " + reader.folder() + " cannot be read: " + e);
        }
    }

    /** What the machine was doing at the last check, which may hang; null before the first. Never waits. */
    public Host figures() {
        return latest;
    }

    static Diagnosis diagnose(Host host, long minDiskFree, Path folder) {
        if (host.diskFree() < minDiskFree) {
            return Diagnosis.degraded("The disk of " + folder + " has " + mebibytes(host.diskFree()) + " of "
                    + mebibytes(host.diskTotal()) + " MiB free, less than " + mebibytes(minDiskFree));
        }
        StringJoiner remarks = new StringJoiner(", ");
        if (host.cpu() != null) {
            remarks.add("CPU " + host.cpu() + " %");
        }
        if (host.memoryUsed() != null) {
            remarks.add("memory " + mebibytes(host.memoryUsed()) + " of " + mebibytes(host.memoryTotal()) + " MiB");
        }
        remarks.add("disk " + mebibytes(host.diskFree()) + " of " + mebibytes(host.diskTotal()) + " MiB free");
        return Diagnosis.ok(remarks.toString());
    }

    /** With one decimal, so that a little is not taken for nothing. */
    private static double mebibytes(long bytes) {
        return Math.round(bytes / 104857.6) / 10.0;
    }
}
