package dev.observatory.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A line of the audit log")
class AuditLineTest {

    @Test
    @DisplayName("says what was done and with what")
    void says() {
        assertThat(AuditLine.of("kicked")
                        .with("by", "ann@example")
                        .with("path", "/api/x")
                        .with("seq", 7))
                .hasToString("kicked by=ann@example path=/api/x seq=7");
    }

    @Test
    @DisplayName("leaves out what is not known")
    void leavesOut() {
        assertThat(AuditLine.of("refused").with("user", null)).hasToString("refused");
    }

    @Test
    @DisplayName("cannot be ended or added to by what it says")
    void isOneLine() {
        assertThat(AuditLine.of("refused").with("user", "x\nkicked by=\"root\"\r\u0085\u2028\u202e \\ é"))
                .hasToString("refused user=\"x\\u000akicked by=\\\"root\\\"\\u000d\\u0085\\u2028\\u202e \\\\ é\"");
        assertThat(AuditLine.of("refused").with("user", "")).hasToString("refused user=\"\"");
    }

    @Test
    @DisplayName("shows a long value in part")
    void isShort() {
        assertThat(AuditLine.of("refused").with("path", "a".repeat(10_000)).toString())
                .hasSizeLessThan(250);
    }
}
