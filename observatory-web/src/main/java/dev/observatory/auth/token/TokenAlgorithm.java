package dev.observatory.auth.token;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The algorithms that tokens may be signed with (RFC 7518, RFC 8037, RFC 9864). */
enum TokenAlgorithm {
    HS256("HS256"),
    RS256("RS256"),
    RS384("RS384"),
    RS512("RS512"),
    PS256("PS256"),
    PS384("PS384"),
    PS512("PS512"),
    ES256("ES256"),
    ES384("ES384"),
    ES512("ES512"),
    /** With Ed25519; the name says less than the next one and is the usual one. */
    EDDSA("EdDSA"),
    ED25519("Ed25519");

    static final Set<TokenAlgorithm> RSA = Set.of(RS256, RS384, RS512, PS256, PS384, PS512);
    static final Set<TokenAlgorithm> EDWARDS = Set.of(EDDSA, ED25519);

    private final JWSAlgorithm jose;

    TokenAlgorithm(String name) {
        jose = JWSAlgorithm.parse(name);
    }

    /** As it is written in tokens and settings. */
    String spelling() {
        return jose.getName();
    }

    JWSAlgorithm jose() {
        return jose;
    }

    /** Whether both sides have the same key, so that whoever can verify can also sign. */
    boolean isSymmetric() {
        return this == HS256;
    }

    static Optional<TokenAlgorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.spelling().equals(name))
                .findFirst();
    }
}
