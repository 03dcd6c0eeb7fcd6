package dev.observatory.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;

/**
 * A key, with the algorithms that it is for: those that its kind can be used with, and if it names one itself, that one
 * alone. So a token's own word for its algorithm never makes one kind of key pass for another. Immutable, thread-safe.
 */
final class VerificationKey {

    /** Smaller keys are not used: RFC 7518 forbids it. */
    private static final int MIN_RSA_BITS = 2048;

    /** Larger ones make each token costly to look at. */
    private static final int MAX_RSA_BITS = 16384;

    private static final Map<Curve, Set<TokenAlgorithm>> BY_CURVE = Map.of(
            Curve.P_256, Set.of(TokenAlgorithm.ES256),
            Curve.P_384, Set.of(TokenAlgorithm.ES384),
            Curve.P_521, Set.of(TokenAlgorithm.ES512),
            Curve.Ed25519, TokenAlgorithm.EDWARDS);

    private interface Check {
        boolean passes(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException;
    }

    /** Null when the key has none: then it may be the one of any token. */
    private final String id;

    private final Set<TokenAlgorithm> algorithms;
    private final Check check;

    private VerificationKey(String id, Set<TokenAlgorithm> algorithms, Check check) {
        this.id = id;
        this.algorithms = algorithms;
        this.check = check;
    }

    /** @throws IllegalArgumentException when it is shorter than RFC 7518 allows, 32 bytes */
    static VerificationKey of(SecretKey secret) {
        try {
            return new VerificationKey(null, Set.of(TokenAlgorithm.HS256), new MACVerifier(secret)::verify);
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * One of a set of keys; empty when it is not for signatures, of no kind that is known here, revoked, or too weak.
     * Symmetric ones are never taken: what everybody can fetch is no secret.
     */
    static Optional<VerificationKey> of(JWK key) {
        Set<TokenAlgorithm> algorithms = algorithms(key);
        if (algorithms.isEmpty() || !isForSignatures(key) || key.getKeyRevocation() != null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new VerificationKey(key.getKeyID(), algorithms, check(key)));
        } catch (JOSEException e) {
            return Optional.empty();
        }
    }

    private static Check check(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return new RSASSAVerifier(rsa.toRSAPublicKey())::verify;
        }
        if (key instanceof ECKey curve) {
            return new ECDSAVerifier(curve.toECPublicKey())::verify;
        }
        Ed25519Key edwards = Ed25519Key.of(((OctetKeyPair) key).getDecodedX());
        return (header, signed, signature) -> edwards.verifies(signed, signature.decode());
    }

    private static Set<TokenAlgorithm> algorithms(JWK key) {
        Set<TokenAlgorithm> possible = possible(key);
        if (key.getAlgorithm() == null) {
            return possible;
        }
        String named = key.getAlgorithm().getName();
        if (possible.equals(TokenAlgorithm.EDWARDS)
                && TokenAlgorithm.named(named).filter(possible::contains).isPresent()) {
            // two names of one algorithm
            return possible;
        }
        return possible.stream()
                .filter(algorithm -> algorithm.spelling().equals(named))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<TokenAlgorithm> possible(JWK key) {
        if (key instanceof RSAKey) {
            return key.size() >= MIN_RSA_BITS && key.size() <= MAX_RSA_BITS ? TokenAlgorithm.RSA : Set.of();
        }
        if (key instanceof ECKey curve) {
            return BY_CURVE.getOrDefault(curve.getCurve(), Set.of());
        }
        return key instanceof OctetKeyPair pair ? BY_CURVE.getOrDefault(pair.getCurve(), Set.of()) : Set.of();
    }

    private static boolean isForSignatures(JWK key) {
        return (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
    }

    Set<TokenAlgorithm> algorithms() {
        return algorithms;
    }

    /** Whether a token of that algorithm and key id (null without) may have been signed with it. */
    boolean mayHaveSigned(TokenAlgorithm algorithm, String keyId) {
        return algorithms.contains(algorithm) && (id == null || keyId == null || id.equals(keyId));
    }

    /** Whether the signature is right. */
    boolean verifies(TokenAlgorithm algorithm, SignedToken token) {
        try {
            // a header of our own: the one of the token has no say in this
            return check.passes(new JWSHeader(algorithm.jose()), token.signed(), Base64URL.encode(token.signature()));
        } catch (JOSEException e) {
            return false;
        }
    }
}
