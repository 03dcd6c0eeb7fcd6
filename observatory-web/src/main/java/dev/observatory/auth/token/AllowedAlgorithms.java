package dev.observatory.auth.token;

import dev.observatory.config.Settings;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which algorithms tokens may be signed with: those that are set, or all that the kind of key can be for. */
final class AllowedAlgorithms {

    static final String NAME = "observatory.auth.algorithms";

    private static final String AUTO = "auto";

    private AllowedAlgorithms() {}

    /** @throws IllegalArgumentException when one is none, or not for such a key */
    static Set<TokenAlgorithm> from(Settings settings, KeyPlace keys) {
        Optional<String> ours =
                Optional.of(settings.value(NAME, String.class).strip()).filter(text -> !text.equals(AUTO));
        Optional<String> standard = TokenSettings.text(settings.config(), TokenSettings.KEY_ALGORITHM);
        if (ours.isPresent() && standard.isPresent()) {
            throw new IllegalArgumentException(
                    NAME + " and " + TokenSettings.KEY_ALGORITHM + " are set, but only one of them can be");
        }
        if (ours.isEmpty() && standard.isEmpty()) {
            return fitting(keys);
        }
        String name = ours.isPresent() ? NAME : TokenSettings.KEY_ALGORITHM;
        return named(name, ours.or(() -> standard).get(), keys);
    }

    private static Set<TokenAlgorithm> fitting(KeyPlace keys) {
        return Arrays.stream(TokenAlgorithm.values()).filter(keys::isFor).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<TokenAlgorithm> named(String name, String text, KeyPlace keys) {
        Set<TokenAlgorithm> algorithms = new TreeSet<>();
        for (String item : TokenSettings.list(text)) {
            algorithms.add(TokenAlgorithm.named(item).orElseThrow(() -> unknown(name, item)));
        }
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException(name + " names no algorithm");
        }
        if (algorithms.stream().map(TokenAlgorithm::isSymmetric).distinct().count() > 1) {
            throw new IllegalArgumentException(name + " is \"" + text
                    + "\": HS256 is for a secret and the others are for public keys, so they cannot go together");
        }
        if (!algorithms.stream().allMatch(keys::isFor)) {
            throw new IllegalArgumentException(name + " is \"" + text + "\", which is not for such a key: HS256 is for "
                    + TokenSettings.SECRET + ", the others are for public keys");
        }
        return algorithms;
    }

    private static IllegalArgumentException unknown(String name, String item) {
        String known = Arrays.stream(TokenAlgorithm.values())
                .map(TokenAlgorithm::spelling)
                .collect(Collectors.joining(", "));
        return new IllegalArgumentException(
                item.equalsIgnoreCase("none")
                        ? name + " has \"none\", but tokens have to be signed"
                        : name + " has \"" + item + "\", which is none of " + known);
    }
}
