package dev.observatory.system;

import dev.observatory.gpu.GpuMonitor;
import dev.observatory.gpu.GpuStatus;
import dev.observatory.message.GpuStats;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the machine's GPUs can be read. A machine without one is as well as any other. */
@ApplicationScoped
public class GpuComponent implements Component {

    @EJB
    GpuMonitor gpus;

    @Override
    public String name() {
        return "gpu";
    }

    @Override
    public Diagnosis check() {
        return diagnose(gpus.status());
    }

    static Diagnosis diagnose(GpuStatus status) {
        if (!status.missing().isEmpty()) {
            return Diagnosis.degraded("not there any more: " + names(status.missing()));
        }
        return switch (status.condition()) {
            case OFF -> Diagnosis.ok("switched off");
            case PENDING -> Diagnosis.ok("not read yet");
            case ABSENT -> Diagnosis.ok("there is none: " + status.reason());
            case FAILING -> Diagnosis.degraded(status.reason());
            case PRESENT -> Diagnosis.ok(names(status.present()) + remark(status));
        };
    }

    private static String remark(GpuStatus status) {
        return status.unreadableLines() == 0 ? "" : "; lines that cannot be read: " + status.unreadableLines();
    }

    private static String names(List<GpuStats> gpus) {
        return gpus.stream()
                .map(gpu -> gpu.gpuIndex() + (gpu.gpuName() == null ? "" : " " + gpu.gpuName()))
                .collect(Collectors.joining(", ", gpus.size() + " (", ")"));
    }
}
