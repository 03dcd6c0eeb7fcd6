package dev.observatory.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.auth.Decision.Granted;
import dev.observatory.auth.token.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Where nothing was set up, a request")
class LocalPolicyTest {

    private final LocalPolicy policy = new LocalPolicy();

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("of this machine may do everything")
    @ValueSource(strings = {"127.0.0.1", "::1", "0:0:0:0:0:0:0:1"})
    void isLetIn(String address) {
        Decision decision =
                policy.decide(FakeRequest.get("/api/status").from(address).build());

        assertThat(decision).isInstanceOfSatisfying(Granted.class, granted -> {
            assertThat(granted.identity().name()).isEqualTo("local");
            assertThat(granted.identity().has(Role.ADMIN)).isTrue();
            assertThat(granted.identity().maySeeEveryProject()).isTrue();
        });
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("of another machine is refused, and told how that can be changed")
    @ValueSource(strings = {"192.168.1.7", "10.0.0.1", "2001:db8::1", "::ffff:192.168.1.7"})
    void isRefused(String address) {
        Decision decision =
                policy.decide(FakeRequest.get("/api/status").from(address).build());

        assertThat(decision).isInstanceOfSatisfying(HttpRefusal.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(401);
            assertThat(refusal.detail()).contains("mp.jwt.verify.publickey.location", "docs/reference/access.md");
        });
    }

    @ParameterizedTest(name = "{displayName}: {0}: {1}")
    @DisplayName("that another machine has sent through this one is refused")
    @CsvSource({
        "Forwarded, for=192.0.2.1",
        "X-Forwarded-For, 192.0.2.1",
        "x-forwarded-for, 127.0.0.1",
        "X-Forwarded-Proto, https",
        "X-Forwarded-Host, observatory.example",
        "X-Real-IP, 192.0.2.1",
        "Via, 1.1 proxy"
    })
    void isNotForwarded(String header, String value) {
        Decision decision = policy.decide(
                FakeRequest.get("/api/status").header(header, value).build());

        assertThat(decision)
                .isInstanceOfSatisfying(
                        HttpRefusal.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(401));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("for a foreign host name is refused")
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8080", "0.0.0.0"})
    void isForThisHost(String host) {
        Decision decision = policy.decide(FakeRequest.get("/api/status")
                .without("Host")
                .header("Host", host)
                .build());

        assertThat(decision)
                .isInstanceOfSatisfying(
                        HttpRefusal.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(403));
    }

    @Test
    @DisplayName("without a host name is refused")
    void hasAHost() {
        Decision decision =
                policy.decide(FakeRequest.get("/api/status").without("Host").build());

        assertThat(decision).isInstanceOf(HttpRefusal.class);
    }
}
