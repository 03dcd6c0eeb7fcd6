package dev.observatory.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Keys in a file")
class FileKeysTest {

    private static final TestKey OLD = TestKey.ec("old", "secp256r1");
    private static final TestKey NEW = TestKey.ec("new", "secp256r1");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("keys"), TestKey.jwks(OLD.jwk()));
        rest(Duration.ofDays(1));
    }

    /** Lets the file have been changed so long ago. */
    private void rest(Duration ago) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(TestToken.NOW.minus(ago)));
    }

    private TokenVerifier verifier() {
        return TestVerifier.of(new TestConfig()
                .with("mp.jwt.verify.publickey.location", file.toString())
                .with("observatory.auth.jwks.max-bytes", "4096"));
    }

    private static Verification verify(TokenVerifier verifier, TestKey key) {
        return verifier.verify(new TestToken().signed("ES256", key));
    }

    @Test
    @DisplayName("are read, as a set and as PEM")
    void areRead() throws IOException {
        assertThat(verify(verifier(), OLD)).isInstanceOf(Identity.class);

        Files.writeString(file, NEW.pem());

        assertThat(verify(verifier(), NEW)).isInstanceOf(Identity.class);
    }

    @Test
    @DisplayName("are read again when the file has changed")
    void areReadAgain() throws IOException {
        TokenVerifier verifier = verifier();
        assertThat(verify(verifier, NEW)).isEqualTo(TokenRefusal.UNKNOWN_KEY);

        Files.writeString(file, TestKey.jwks(OLD.jwk(), NEW.jwk()));
        assertThat(verify(verifier, NEW)).isInstanceOf(Identity.class);
        assertThat(verify(verifier, OLD)).isInstanceOf(Identity.class);

        Files.writeString(file, TestKey.jwks(NEW.jwk()));
        assertThat(verify(verifier, OLD)).isEqualTo(TokenRefusal.UNKNOWN_KEY);
    }

    @Test
    @DisplayName("are read again when another file has taken its place")
    void areReadAgainFromAnotherFile() throws IOException {
        TokenVerifier verifier = verifier();
        assertThat(verify(verifier, OLD)).isInstanceOf(Identity.class);

        Path next = Files.writeString(folder.resolve("next"), TestKey.jwks(NEW.jwk()));
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(verify(verifier, NEW)).isInstanceOf(Identity.class);
    }

    @Test
    @DisplayName("are read again although time and size of the file are the same, while the time is that coarse")
    void areReadAgainWithinTheSameTick() throws IOException {
        rest(Duration.ofSeconds(1));
        TokenVerifier verifier = verifier();
        assertThat(verify(verifier, NEW)).isEqualTo(TokenRefusal.UNKNOWN_KEY);

        Files.writeString(file, TestKey.jwks(NEW.jwk()));
        rest(Duration.ofSeconds(1));

        assertThat(verify(verifier, NEW)).isInstanceOf(Identity.class);
    }

    @Test
    @DisplayName("go on while the file is broken, too large or away, and until it is whole again")
    void goOn() throws IOException {
        TokenVerifier verifier = verifier();

        Files.writeString(file, "{\"keys\":[{\"kty\"");
        assertThat(verify(verifier, OLD)).isInstanceOf(Identity.class);
        Files.writeString(file, TestKey.jwks(NEW.jwk()) + " ".repeat(4096));
        assertThat(verify(verifier, OLD)).isInstanceOf(Identity.class);
        Files.delete(file);
        assertThat(verify(verifier, OLD)).isInstanceOf(Identity.class);
        assertThat(verify(verifier, NEW)).isEqualTo(TokenRefusal.UNKNOWN_KEY);

        Files.writeString(file, TestKey.jwks(NEW.jwk()));
        assertThat(verify(verifier, NEW)).isInstanceOf(Identity.class);
        assertThat(verify(verifier, OLD)).isEqualTo(TokenRefusal.UNKNOWN_KEY);
    }

    @Test
    @DisplayName("can be withdrawn, all of them")
    void canBeWithdrawn() throws IOException {
        TokenVerifier verifier = verifier();

        Files.writeString(file, TestKey.jwks());

        assertThat(verify(verifier, OLD)).isEqualTo(TokenRefusal.UNKNOWN_KEY);
    }

    @Test
    @DisplayName("have to be there at the start")
    void haveToBeThere() throws IOException {
        Files.delete(file);

        assertThatIllegalArgumentException()
                .isThrownBy(this::verifier)
                .withMessageContaining("mp.jwt.verify.publickey.location")
                .withMessageContaining(file.toString());
    }
}
