package dev.observatory.auth;

import dev.observatory.auth.token.Identity;

/** What becomes of a request. */
sealed interface Decision permits Decision.Granted, HttpRefusal {

    /**
     * It is let in.
     *
     * @param identity whose it is; null when that was not asked, because everybody may have what it asks for
     */
    record Granted(Identity identity) implements Decision {}
}
