package dev.observatory.auth.token;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A JWS in compact form, taken apart and not believed. Of the header only what is here is read, so nothing in it can lead
 * to a key ({@code jku}, {@code jwk}, {@code x5u}, {@code x5c}).
 *
 * @param algorithm as the token says
 * @param keyId as the token says, null without
 * @param signed what the signature is of
 */
record SignedToken(String algorithm, String keyId, byte[] signed, byte[] payload, byte[] signature) {

    /** What the header calls a JWT, the token itself or its content. */
    private static final Set<String> TYPES = Set.of("jwt", "application/jwt", "at+jwt", "application/at+jwt");

    static SignedToken read(String token) throws RefusedTokenException {
        List<String> parts = Arrays.asList(token.split("\\.", -1));
        Map<String, Object> header = object(bytes(parts.get(0)));
        // who sends what is no JWS at all is told so, since the mistake is usually an honest one
        if (parts.size() == 5 || header.containsKey("enc")) {
            throw new RefusedTokenException(TokenRefusal.ENCRYPTED);
        }
        if (parts.size() != 3) {
            throw new RefusedTokenException(TokenRefusal.MALFORMED);
        }
        String algorithm = text(header, "alg");
        if (algorithm == null) {
            throw new RefusedTokenException(TokenRefusal.MALFORMED);
        }
        if (algorithm.equalsIgnoreCase("none") || parts.get(2).isEmpty()) {
            throw new RefusedTokenException(TokenRefusal.UNSIGNED);
        }
        checkHeader(header);
        return new SignedToken(
                algorithm,
                text(header, "kid"),
                token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII),
                bytes(parts.get(1)),
                bytes(parts.get(2)));
    }

    private static void checkHeader(Map<String, Object> header) throws RefusedTokenException {
        if (header.containsKey("crit")) {
            throw new RefusedTokenException(TokenRefusal.CRITICAL_HEADER);
        }
        String type = text(header, "typ");
        if (type != null && !TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw new RefusedTokenException(TokenRefusal.WRONG_TYPE);
        }
        String content = text(header, "cty");
        if (content != null && TYPES.contains(content.toLowerCase(Locale.ROOT))) {
            throw new RefusedTokenException(TokenRefusal.NESTED);
        }
    }

    /** What the token says. Only to be asked for when the signature is right. */
    Map<String, Object> claims() throws RefusedTokenException {
        return object(payload);
    }

    private static String text(Map<String, Object> header, String name) throws RefusedTokenException {
        Object value = header.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new RefusedTokenException(TokenRefusal.MALFORMED);
    }

    /** Decodes base64url as RFC 7515 has it and no other way, so that no two texts are the same token. */
    private static byte[] bytes(String part) throws RefusedTokenException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (!part.isEmpty()
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // refused like everything else that is no base64url
        }
        throw new RefusedTokenException(TokenRefusal.MALFORMED);
    }

    private static Map<String, Object> object(byte[] json) throws RefusedTokenException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            // the parser takes a list of pairs for an object too
            if (text.stripLeading().startsWith("{")) {
                return JSONObjectUtils.parse(text);
            }
        } catch (ParseException | CharacterCodingException e) {
            // refused like everything else that is no object
        }
        throw new RefusedTokenException(TokenRefusal.MALFORMED);
    }
}
