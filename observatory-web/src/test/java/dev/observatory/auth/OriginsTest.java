package dev.observatory.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The origins whose pages are served")
class OriginsTest {

    private static final Origins LISTED = Origins.of(Set.of("https://observatory.example", "http://localhost:8080"));

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("are exactly those that are listed")
    @ValueSource(
            strings = {
                "https://observatory.example:8443",
                "http://observatory.example",
                "https://observatory.example.evil.example",
                "https://evil-observatory.example",
                "https://observatory.example/",
                "HTTPS://OBSERVATORY.EXAMPLE",
                "http://localhost",
                "http://127.0.0.1:8080",
                "null",
                "",
            })
    void areExact(String origin) {
        assertThat(LISTED.allow(origin)).isFalse();
        assertThat(LISTED.isListed(origin)).isFalse();
    }

    @Test
    @DisplayName("are served, as is what no page asks")
    void areServed() {
        assertThat(LISTED.allow("https://observatory.example")).isTrue();
        assertThat(LISTED.isListed("http://localhost:8080")).isTrue();
        assertThat(LISTED.allow(null)).isTrue();
        assertThat(LISTED.isListed(null)).isFalse();
    }

    @Test
    @DisplayName("are none where none is listed")
    void areNone() {
        assertThat(Origins.of(Set.of()).allow("http://localhost:8080")).isFalse();
    }

    @Test
    @DisplayName("are those of this machine where only this machine is served")
    void areLocal() {
        assertThat(Origins.local().allow("http://localhost:3000")).isTrue();
        assertThat(Origins.local().allow("http://[::1]:3000")).isTrue();
        assertThat(Origins.local().allow("https://evil.example")).isFalse();
        assertThat(Origins.local().allow("null")).isFalse();
        assertThat(Origins.local().isListed("http://localhost:3000")).isFalse();
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("are refused as a setting where no browser would write them so")
    @ValueSource(
            strings = {
                "*",
                "observatory.example",
                "https://observatory.example/",
                "https://Observatory.example",
                "https://observatory.example:443",
                "http://observatory.example:80",
                "https://me@observatory.example",
                "https://*.example",
                "ftp://observatory.example",
                "https://",
                "",
            })
    void areWrittenAsBrowsersDo(String origin) {
        assertThatIllegalArgumentException().isThrownBy(() -> Origins.of(Set.of(origin)));
    }
}
