package dev.observatory.auth.token;

import com.nimbusds.jose.jwk.JWK;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The keys that tokens are signed with. Thread-safe. */
interface TokenKeys {

    /**
     * The keys that meet a condition; none when none does. May take as long as fetching them does.
     *
     * @throws KeysUnavailableException when no keys are known at the moment, these or others
     */
    List<VerificationKey> find(Predicate<VerificationKey> condition) throws KeysUnavailableException;

    /** Those of a set that tokens can be verified with. */
    static List<VerificationKey> usable(List<JWK> keys) {
        return keys.stream().map(VerificationKey::of).flatMap(Optional::stream).toList();
    }
}
