package dev.observatory.auth.token;

import java.util.concurrent.Executor;

/** Verifiers as tests want them. */
final class TestVerifier {

    /** What fetches keys in the background where there is nothing to fetch. */
    static final Executor NOBODY = task -> {
        throw new IllegalStateException("there is nothing to fetch");
    };

    private TestVerifier() {}

    static TokenVerifier of(TestConfig config) {
        return TokenVerifier.from(config, TestToken.CLOCK, NOBODY).orElseThrow();
    }

    static TokenVerifier ofKeys(String text) {
        return of(new TestConfig()
                .with("mp.jwt.verify.publickey", text)
                .with("mp.jwt.verify.issuer", "https://id.example")
                .with("mp.jwt.verify.audiences", "observatory"));
    }
}
