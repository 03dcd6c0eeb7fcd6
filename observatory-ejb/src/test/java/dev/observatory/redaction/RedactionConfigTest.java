package dev.observatory.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The settings of redaction")
class RedactionConfigTest {

    @Test
    @DisplayName("may both be none")
    void none() {
        assertThat(RedactionConfig.of("none", " none ", "/home/ada")).isEqualTo(RedactionConfig.DEFAULTS);
    }

    @Test
    @DisplayName("name a file, also below the user's own folder, and kinds")
    void read() {
        assertThat(RedactionConfig.of("~/x.patterns", "email, jwt,", "/home/ada"))
                .isEqualTo(new RedactionConfig(Optional.of(Path.of("/home/ada/x.patterns")), Set.of("email", "jwt")));
        assertThat(RedactionConfig.of(" /etc/x.patterns ", "none", "/home/ada").patterns())
                .contains(Path.of("/etc/x.patterns"));
    }

    @Test
    @DisplayName("leave the excepted kinds alone, and no other")
    void except() {
        Redactor redactor = Redactor.of(new RedactionConfig(Optional.empty(), Set.of("email")));
        assertThat(redactor.redact(Secrets.EMAIL + " " + Secrets.JWT)).isEqualTo(Secrets.EMAIL + " [redacted:jwt]");
    }

    @Test
    @DisplayName("refuse a kind that there is not, and tell those there are")
    void unknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Redactor.of(new RedactionConfig(Optional.empty(), Set.of("e-mail"))))
                .withMessageContaining("observatory.redaction.except names 'e-mail'")
                .withMessageContaining("azure-key, basic-auth");
    }
}
