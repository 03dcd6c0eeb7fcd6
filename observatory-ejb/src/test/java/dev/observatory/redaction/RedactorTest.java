package dev.observatory.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The redactor")
class RedactorTest {

    private final Redactor redactor = Redactor.builtIn();

    @TestFactory
    @DisplayName("replaces a secret of each kind, and nothing else of the text")
    Stream<DynamicTest> kinds() {
        return Secrets.samples().entrySet().stream()
                .flatMap(kind -> Arrays.stream(kind.getValue())
                        .map(sample -> dynamicTest(kind.getKey() + ": " + sample, () -> {
                            Marked marked = Marked.of(sample);
                            assertThat(redactor.redact(marked.text())).isEqualTo(marked.redacted(kind.getKey()));
                        })));
    }

    @Test
    @DisplayName("has a sample here for each of its kinds")
    void complete() {
        PatternFile file = new PatternFile();
        file.readResource();
        assertThat(Secrets.samples().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        file.rules().stream().map(Rule::kind).distinct().toList());
    }

    @ParameterizedTest
    @DisplayName("leaves alone what only looks like a secret")
    @ValueSource(
            strings = {
                "commit 83db48f1c0a94e6d0c8f6f1b7a2d3e4f5a6b7c8d",
                "index 83db48f..bf2a3c1 100644",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "\"integrity\": \"sha512-z7PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==\"",
                "6f1c2a7e-8b1d-4f6e-9a55-0c7f2f4f9d11",
                "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
                "//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbXX0=",
                "msg_01AbCdEfGhJkMnPqRsTuVwXy toolu_01AbCdEfGhJkMnPqRsTuVwXy req_011CSHoEeqs5C35K2UUqR7Fy",
                "prompt_cache_key: conv-83db48f1c0a94e6d, primary_key=abc12345, \"key\": \"value12345\"",
                "\"cache_creation_input_tokens\":123456789,\"output_tokens\":42,max_tokens=40960000",
                "1.2.3-beta.4+build.20240101, v2.10.0, 10.0.0.1, 2024-01-02T03:04:05.678Z",
                "Forgot your password? Type the password twice; a password is needed.",
                "Password: must have at least 8 characters",
                "\"password\": \"Password is required\"",
                "the token is invalid; Unexpected token: } at 17; invalid token '<'",
                "the secret of success: work; no secrets: 12345678",
                "password = getPassword()",
                "password = config.get(\"db.password\")",
                "const token = await getToken(user1);",
                "String token = tokens[12345678];",
                "password: string",
                "password?: string | null;",
                "password: str = Field(...)",
                "password: Option<String>,",
                "token: \"string\"",
                "this.password = password;",
                "user.password = newPassword",
                "connect(user=user, password=password, token=token)",
                "f(password=pw)",
                "password = None, token = null, secret: false, passwd: ''",
                "password = os.environ[\"DB_PASSWORD\"]",
                "password: process.env.DB_PASSWORD,",
                "password=$DB_PASSWORD token=${TOKEN1234} secret=$(cat /run/x1)",
                "password: {{ vault_password_1 }}, password=%(pw)s, PASSWORD=%PASSWORD%",
                "password=<your-password> PASSWORD=**** token: ...",
                "TOKEN=\"${GITHUB_TOKEN1}\" --password \"$PW1\" --token <TOKEN1234>",
                "token: ${{ secrets.GITHUB_TOKEN }}",
                "POSTGRES_PASSWORD_FILE=/run/secrets/db-1, token: /var/run/secrets/token1",
                "PWD=/home/ada/work1 OLDPWD=/tmp/x1",
                "use the --password option, or --password-stdin, or --token",
                "<label for=\"password\">Password:</label> <input type=\"password\" name=\"password\">",
                "input[type=password] { color: #a1b2c3 } .sk-fading-circle-animation-1 { margin: 0 }",
                "task-12345678901234567890 disk-ABCDEFGHIJKLMNOP12345 risk-free",
                "https://example.org:8080/a/b@c?x=1 and http://localhost:3000",
                "ssh://git@example.org/a.git git@github.com:ada/engine.git ssh://ada@host.example.org",
                "postgres://ada:${DB_PASSWORD}@db/x https://user:<password>@host",
                "docker://alpine:3.18@sha256:e3b0c442",
                "@Override @media (min-width: 1px) @types/node@18.0.0 lodash@4.17.21 pkg@1.2.3-beta.rc",
                "icon@2x.png this@Outer.field ada@localhost user@host {@link Foo}",
                "Co-Authored-By: Claude <noreply@anthropic.com>",
                "Authorization: Basic authentication is not Bearer authentication",
                "Authorization: Bearer $TOKEN, Bearer <token>, Bearer ${token1}",
                "the bearer of document 12345678",
                "if (s.startsWith(\"-----BEGIN " + "PRIVATE KEY-----\") && s.endsWith(\"-----END "
                        + "PRIVATE KEY-----\")) {",
                "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYD\n-----END CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END PUBLIC KEY-----",
                "ghp_xxx AKIA AKIA1234 sk-ant- eyJ npm_config_registry npm_lifecycle_event",
                "bypass=12345678 compass: north1 passing: 12 tests",
                "curl -s https://example.org:443/x; mysql -h localhost -p; docker run -u 1000:1000 x",
                "caf\u00e9 \u2192 \uD83D\uDE00 \uD83D",
                "",
            })
    void stays(String text) {
        assertThat(redactor.redact(text)).isSameAs(text);
    }

    @Test
    @DisplayName("replaces every secret of a text, however close they stand")
    void many() {
        String text = Secrets.EMAIL + "," + Secrets.EMAIL + " " + Secrets.GITHUB + "\n" + Secrets.AWS_KEY;
        assertThat(redactor.redact(text))
                .isEqualTo("[redacted:email],[redacted:email] [redacted:github-token]\n[redacted:aws-key]");
    }

    @Test
    @DisplayName("knows a token behind an escape, a percent code and the code of a colour")
    void beginnings() {
        assertThat(redactor.redact("a\\n" + Secrets.AWS_KEY + " %3D" + Secrets.GITHUB + " \u001b[32m" + Secrets.JWT))
                .isEqualTo("a\\n[redacted:aws-key] %3D[redacted:github-token] \u001b[32m[redacted:jwt]");
        assertThat(redactor.redact("a\\n" + Secrets.EMAIL)).isEqualTo("a\\n[redacted:email]");
    }

    @Test
    @DisplayName("says whose a token is, also where it is assigned to something")
    void mostTelling() {
        assertThat(redactor.redact("TOKEN=" + Secrets.GITHUB)).isEqualTo("TOKEN=[redacted:github-token]");
        assertThat(redactor.redact("password: '" + Secrets.ANTHROPIC + "'"))
                .isEqualTo("password: '[redacted:anthropic-key]'");
    }

    @Test
    @DisplayName("redacts before it cuts: of a secret across the cut nothing is left")
    void cut() {
        String text = "x".repeat(20) + " " + Secrets.GITHUB + " and more";
        for (int keep = 22; keep < 21 + Secrets.GITHUB.length(); keep++) {
            assertThat(redactor.redact(text, keep)).isEqualTo("x".repeat(20) + " [redacted:github-token]");
        }
        assertThat(redactor.redact(text, 21)).isEqualTo("x".repeat(20) + " ");
        assertThat(redactor.redact(text, 5)).isEqualTo("xxxxx");
        assertThat(redactor.redact(text, 21 + Secrets.GITHUB.length() + 4))
                .isEqualTo("x".repeat(20) + " [redacted:github-token] and");
    }

    @Test
    @DisplayName("knows also a long secret by the beginning that is read beyond the cut")
    void reach() {
        String line = Secrets.MIXED + "\n";
        for (String secret : new String[] {
            Secrets.JWT.replace(Secrets.MIXED, Secrets.MIXED.repeat(100)),
            Secrets.truncatedKey("\n") + "\n" + line.repeat(100),
            "password=\"" + Secrets.MIXED.repeat(50) + "\"",
            "token=" + Secrets.MIXED.repeat(50),
        }) {
            String text = "x".repeat(100) + " " + secret;
            for (int keep = 102; keep < 400; keep++) {
                String window = text.substring(0, keep + Redactor.REACH);
                assertThat(redactor.redact(window, keep)).doesNotContain(Secrets.MIXED.substring(0, 4));
            }
        }
    }

    @Test
    @DisplayName("does not let a secret in by making room for it: what was beyond the cut stays beyond")
    void cutBehindShortened() {
        String text = Secrets.privateKey("RSA PRIVATE KEY", "\n") + " " + Secrets.PASSWORD;
        assertThat(redactor.redact(text, text.length() - Secrets.PASSWORD.length()))
                .isEqualTo("[redacted:private-key] ");
    }

    @Test
    @DisplayName("does not cut within a character")
    void cutCharacter() {
        assertThat(redactor.redact("ab\uD83D\uDE00", 3)).isEqualTo("ab");
    }

    @Test
    @DisplayName("leaves alone what was redacted before")
    void again() {
        for (String text : new String[] {
            "password=[redacted:password]",
            "password: \"[redacted:github-token]\" [redacted:password]: hunter22",
            "[redacted:secret]=hunter22 https://ada:[redacted:url-password]@db.example.org",
        }) {
            assertThat(redactor.redact(text)).isSameAs(text);
        }
    }
}
