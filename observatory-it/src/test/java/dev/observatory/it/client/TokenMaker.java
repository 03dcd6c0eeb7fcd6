package dev.observatory.it.client;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens as an identity provider does: JWTs, signed with HS256 (RFC 7515, RFC 7519). Immutable. */
public final class TokenMaker {

    private final String secret;

    public TokenMaker(String secret) {
        this.secret = secret;
    }

    /** A token that is good for an hour. */
    public String token(String user, String... roles) {
        return token(
                user, Duration.ofHours(1), claims -> claims.add("groups", Json.createArrayBuilder(List.of(roles))));
    }

    /**
     * A token with more in it.
     *
     * @param life until it expires, to the millisecond; negative when it has
     */
    public String token(String user, Duration life, UnaryOperator<JsonObjectBuilder> more) {
        double expiry = Instant.now().plus(life).toEpochMilli() / 1000.0;
        return signed(
                "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
                more.apply(Json.createObjectBuilder().add("sub", user).add("exp", expiry))
                        .build()
                        .toString());
    }

    /** Any header and claims, with the right signature. */
    public String signed(String header, String claims) {
        String text = encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return text + "." + encoded(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
