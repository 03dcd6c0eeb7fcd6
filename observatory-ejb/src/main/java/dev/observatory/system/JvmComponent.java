package dev.observatory.system;

import dev.observatory.config.Settings;
import dev.observatory.message.SystemStatus.Jvm;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;
import org.eclipse.microprofile.config.Config;

/**
 * Whether the heap is large enough. What is in use at a moment says nothing about that, because it is mostly garbage; what
 * a collection has left does.
 */
@ApplicationScoped
public class JvmComponent implements Component {

    private static final String MAX_HEAP_PERCENT = "observatory.system.max-heap-percent";

    @Inject
    Config config;

    private int maxHeapPercent;

    @PostConstruct
    void start() {
        Settings settings = new Settings(config);
        maxHeapPercent = settings.positiveNumber(MAX_HEAP_PERCENT);
        if (maxHeapPercent > 100) {
            throw settings.unreadable(MAX_HEAP_PERCENT, "a number from 1 to 100", null);
        }
    }

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Diagnosis check() {
        return diagnose(heapAfterCollection(), heapMax(), maxHeapPercent);
    }

    /** How the process is now. */
    public Jvm figures() {
        return new Jvm(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                heapMax(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
                Runtime.version().toString());
    }

    /** @param left bytes, 0 before the first collection */
    static Diagnosis diagnose(long left, long max, int maxPercent) {
        String figures = (left >> 20) + " of " + (max >> 20) + " MiB heap were in use after the last collection";
        return left > max / 100.0 * maxPercent
                ? Diagnosis.degraded(figures + ", more than " + maxPercent + " %")
                : Diagnosis.ok(left == 0 ? "no collection of its heap of " + (max >> 20) + " MiB yet" : figures);
    }

    /** Of each part of the heap, what the last collection there has left, bytes. */
    static long heapAfterCollection() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    private static long heapMax() {
        return Runtime.getRuntime().maxMemory();
    }
}
