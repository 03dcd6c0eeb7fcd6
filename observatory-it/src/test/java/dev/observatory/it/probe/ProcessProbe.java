package dev.observatory.it.probe;

import dev.observatory.journal.JsonEncoder;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/** What the server's process uses. */
@Path("probe/process")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ProcessProbe {

    private static final String READING_THREAD = "observatory-watch";
    private static final String PEAK = "VmHWM:";

    @Inject
    JsonEncoder encoder;

    /**
     * What is used so far.
     *
     * @param readingCpuNanos by the thread that reads the files
     * @param cpuNanos by all threads
     * @param peakBytes most memory the process ever had, 0 where the system does not tell
     * @param heapBytes used now
     * @param threads how many there are
     */
    public record Use(long readingCpuNanos, long cpuNanos, long peakBytes, long heapBytes, int threads) {}

    @GET
    public String use() throws IOException {
        return encoder.encode(new Use(
                readingCpuNanos(),
                ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos(),
                peakBytes(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount()));
    }

    /** The same after a collection of garbage. */
    @POST
    public String useOfLiving() throws IOException {
        System.gc();
        return use();
    }

    private static long readingCpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().equals(READING_THREAD))
                .mapToLong(ThreadInfo::getThreadId)
                .map(threads::getThreadCpuTime)
                .sum();
    }

    private static long peakBytes() throws IOException {
        java.nio.file.Path status = java.nio.file.Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(PEAK))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
