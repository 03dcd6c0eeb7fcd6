package dev.observatory.auth.token;

import java.util.List;
import java.util.function.Predicate;

/** Keys that stay what they are. Immutable. */
record FixedKeys(List<VerificationKey> keys) implements TokenKeys {

    @Override
    public List<VerificationKey> find(Predicate<VerificationKey> condition) {
        return keys.stream().filter(condition).toList();
    }
}
