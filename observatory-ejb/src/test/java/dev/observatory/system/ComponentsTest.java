package dev.observatory.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.conversation.HookFigures;
import dev.observatory.conversation.MemoryStore;
import dev.observatory.gpu.GpuStatus;
import dev.observatory.gpu.GpuStatus.Condition;
import dev.observatory.journal.JournalStatus;
import dev.observatory.message.GpuStats;
import dev.observatory.watch.WatchStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ComponentsTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final MemoryStore store = new MemoryStore();

    @Test
    @DisplayName("The database is asked itself while nothing waits to be written")
    void database() {
        assertThat(DatabaseComponent.diagnose(null, store)).isEqualTo(Diagnosis.ok(null));
        store.leave();
        assertThat(DatabaseComponent.diagnose(null, store)).isEqualTo(Diagnosis.unavailable("on purpose"));
    }

    @Test
    @DisplayName("The database is unavailable when it answers but nothing can be written")
    void databaseWriting() {
        assertThat(DatabaseComponent.diagnose("It has no room left", store))
                .isEqualTo(Diagnosis.unavailable("It has no room left"));
    }

    @Test
    @DisplayName("The watcher is well, and remarks what it waits for and how many files it cannot read")
    void watcher() {
        assertThat(WatcherComponent.diagnose(status(true, 0, true), NOON)).isEqualTo(Diagnosis.ok(null));
        assertThat(WatcherComponent.diagnose(status(true, 2, false), NOON))
                .isEqualTo(Diagnosis.ok(Path.of("/roots") + " does not exist; files that cannot be read: 2"));
        assertThat(WatcherComponent.diagnose(status(false, 0, false), NOON))
                .isEqualTo(Diagnosis.ok("waits for the database"));
    }

    @Test
    @DisplayName("The watcher is unavailable when it shows no sign of life")
    void watcherHangs() {
        WatchStatus status = status(true, 0, true);
        assertThat(WatcherComponent.diagnose(status, NOON.plusSeconds(90))).isEqualTo(Diagnosis.ok(null));
        assertThat(WatcherComponent.diagnose(status, NOON.plusSeconds(91)))
                .isEqualTo(Diagnosis.unavailable("It has shown no sign of life since 2026-01-02T12:00:00Z"));
    }

    @Test
    @DisplayName("The journal is well, and remarks that it waits for the database or had too little room")
    void journal() {
        assertThat(JournalComponent.diagnose(new JournalStatus(NOON, null, false, 7, 7, 7, 700, 1, 0, null), NOON))
                .isEqualTo(Diagnosis.ok(null));
        assertThat(JournalComponent.diagnose(
                        new JournalStatus(NOON, "away", false, 7, 3, 7, 700, 1, 2, NOON.minusSeconds(300)), NOON))
                .isEqualTo(Diagnosis.ok(
                        "waits for the database; messages that went before they expired, for want of" + " room: 2"));
    }

    @Test
    @DisplayName("K6.3 The journal is degraded for 5 minutes after a message had to go before it expired")
    void journalWithoutRoom() {
        JournalStatus status = new JournalStatus(NOON, null, false, 7, 7, 7, 700, 1, 2, NOON);
        String details = "messages that went before they expired, for want of room: 2";
        assertThat(JournalComponent.diagnose(status, NOON)).isEqualTo(Diagnosis.degraded(details));
        assertThat(JournalComponent.diagnose(
                        new JournalStatus(NOON, null, false, 7, 7, 7, 700, 1, 2, NOON.minusSeconds(299)), NOON))
                .isEqualTo(Diagnosis.degraded(details));
        assertThat(JournalComponent.diagnose(
                        new JournalStatus(NOON, null, false, 7, 7, 7, 700, 1, 2, NOON.minusSeconds(300)), NOON))
                .isEqualTo(Diagnosis.ok(details));
    }

    @Test
    @DisplayName("The journal is degraded when another process has its store, or when it shows no sign of life")
    void journalInMemory() {
        JournalStatus status = new JournalStatus(NOON, null, false, 7, 7, 7, 700, 1, 0, null);
        assertThat(JournalComponent.diagnose(new JournalStatus(NOON, "taken", true, 7, 3, 7, 700, 1, 0, null), NOON))
                .isEqualTo(Diagnosis.degraded("It is only in memory: taken"));
        assertThat(JournalComponent.diagnose(status, NOON.plusSeconds(90))).isEqualTo(Diagnosis.ok(null));
        assertThat(JournalComponent.diagnose(status, NOON.plusSeconds(91)))
                .isEqualTo(Diagnosis.degraded(
                        "It is only in memory: nothing has been written since 2026-01-02T12:00:00Z"));
    }

    @Test
    @DisplayName("C9.3 A machine without a GPU is well, and so is one that is not asked; both say so")
    void noGpu() {
        assertThat(GpuComponent.diagnose(gpus(Condition.ABSENT, "there is no nvidia-smi", List.of(), List.of(), 0)))
                .isEqualTo(Diagnosis.ok("there is none: there is no nvidia-smi"));
        assertThat(GpuComponent.diagnose(gpus(Condition.OFF, null, List.of(), List.of(), 0)))
                .isEqualTo(Diagnosis.ok("switched off"));
        assertThat(GpuComponent.diagnose(gpus(Condition.PENDING, null, List.of(), List.of(), 0)))
                .isEqualTo(Diagnosis.ok("not read yet"));
    }

    @Test
    @DisplayName("GPUs that can be read are well; how many and which they are is said, and what cannot be read of them")
    void gpus() {
        assertThat(GpuComponent.diagnose(
                        gpus(Condition.PRESENT, null, List.of(gpu(0, "A"), gpu(3, null)), List.of(), 2)))
                .isEqualTo(Diagnosis.ok("2 (0 A, 3); lines that cannot be read: 2"));
    }

    @Test
    @DisplayName("The GPUs are degraded when they cannot be read, or when one is not there any more")
    void gpuTrouble() {
        assertThat(GpuComponent.diagnose(gpus(Condition.FAILING, "it hangs", List.of(), List.of(), 0)))
                .isEqualTo(Diagnosis.degraded("it hangs"));
        assertThat(GpuComponent.diagnose(gpus(Condition.PRESENT, null, List.of(gpu(0, "A")), List.of(gpu(1, "B")), 0)))
                .isEqualTo(Diagnosis.degraded("not there any more: 1 (1 B)"));
        assertThat(GpuComponent.diagnose(gpus(Condition.ABSENT, "no GPU", List.of(), List.of(gpu(0, "A")), 0)))
                .isEqualTo(Diagnosis.degraded("not there any more: 1 (0 A)"));
    }

    private static GpuStatus gpus(
            Condition condition, String reason, List<GpuStats> present, List<GpuStats> missing, int unreadable) {
        return new GpuStatus(condition, reason, present, missing, unreadable);
    }

    private static GpuStats gpu(int index, String name) {
        return new GpuStats(index, name, null, null, null, null, null, NOON);
    }

    private static WatchStatus status(boolean storeAvailable, int unreadableFiles, boolean present) {
        return new WatchStatus(
                List.of(new WatchStatus.Root(Path.of("/roots"), present)),
                1,
                new WatchStatus.Progress(0, 0, 0, 0),
                0,
                0,
                0,
                unreadableFiles,
                true,
                storeAvailable,
                storeAvailable ? null : "away",
                HookFigures.NONE,
                WatchStatus.Retention.NONE,
                NOON);
    }
}
