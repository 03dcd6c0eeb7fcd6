package dev.observatory.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A further file of patterns")
class PatternFileTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("more.patterns"), text);
    }

    private static Redactor redactor(Path file) {
        return Redactor.of(new RedactionConfig(Optional.of(file), Set.of()));
    }

    @Test
    @DisplayName("adds kinds, and further forms of those there are")
    void adds() throws IOException {
        Redactor redactor = redactor(file("""
                # ours

                redact badge at BADGE-
                    BADGE-
                    \\d{4}
                redact secret at PIN
                    PIN<<is>>(?<secret>\\d{4})
                """));
        assertThat(redactor.redact("BADGE-1234 BADGE-x PIN: 1234 " + Secrets.EMAIL))
                .isEqualTo("[redacted:badge] BADGE-x PIN: [redacted:secret] [redacted:email]");
    }

    @Test
    @DisplayName("may define what it repeats")
    void defines() throws IOException {
        Redactor redactor = redactor(file("""
                define digits
                    \\d{4}
                define where
                    door gate
                redact code at <<where>>
                    (?i:door|gate)=(?<secret><<digits>>-<<digits>>)
                """));
        assertThat(redactor.redact("Door=1234-5678 gate=0000-0000"))
                .isEqualTo("Door=[redacted:code] gate=[redacted:code]");
    }

    @ParameterizedTest(name = "{2}")
    @DisplayName("is refused with its name, the line, and the reason")
    @CsvSource(
            delimiter = '|',
            value = {
                "redact badge at BADGE-@  BADGE-(\\d{4}@           | 1 | no regular expression",
                "# fine@@redact badge BADGE-@  BADGE-\\d{4}        | 3 | neither 'define <name>' nor 'redact <kind> at <literal> …'",
                "redact badge at BADGE-@redact badge at X@  X      | 1 | no pattern follows",
                "redact badge at BADGE-                            | 1 | no pattern follows",
                "redact badge at BADGE-@BADGE-\\d{4}               | 1 | no pattern follows",
                "'  BADGE-\\d{4}'                                  | 1 | continues nothing",
                "redact Badge at BADGE-@  BADGE-\\d{4}             | 1 | 'Badge' is not",
                "redact badge at BÄDGE@  B.DGE                     | 1 | 'BÄDGE' is not",
                "redact badge at BADGE-@  BADGE-@  <<digit>>       | 3 | <<digit>> is not defined before",
                "redact badge at BADGE-@  (?:BADGE-)?              | 1 | matches even where there is nothing",
            })
    void refused(String text, int line, String reason) throws IOException {
        Path file = file(text.replace('@', '\n'));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> redactor(file))
                .withMessageContaining(file.toString() + ", line " + line + ": ")
                .withMessageContaining(reason);
    }

    @Test
    @DisplayName("that cannot be read is refused with its setting")
    void unreadable() {
        Path missing = folder.resolve("missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> redactor(missing))
                .withMessageContaining("observatory.redaction.patterns is " + missing);
    }
}
