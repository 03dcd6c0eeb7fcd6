package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The report on the backlog")
class BacklogReportTest {

    @Test
    @DisplayName("shows a bar, files and megabytes")
    void line() {
        assertThat(BacklogReport.line(new WatchStatus.Progress(120, 300, 460_000_000, 920_000_000)))
                .isEqualTo(
                        "Reading what was there: [###############---------------]  50 %, 120 of 300 files, 460.0 of 920.0 MB");
    }

    @Test
    @DisplayName("has a bar also for nothing and for all of it")
    void ends() {
        assertThat(BacklogReport.line(new WatchStatus.Progress(0, 1, 0, 0)))
                .contains("[------------------------------]   0 %");
        assertThat(BacklogReport.line(new WatchStatus.Progress(1, 1, 7, 7)))
                .contains("[##############################] 100 %");
    }
}
