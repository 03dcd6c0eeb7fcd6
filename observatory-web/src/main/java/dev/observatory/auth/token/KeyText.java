package dev.observatory.auth.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Reads keys as settings, files and servers have them: PEM, a JWK, a set of JWKs, or one of these in Base64. Of a set,
 * what cannot be read is passed over, as RFC 7517 wants it.
 */
final class KeyText {

    private KeyText() {}

    /** @throws IOException when there is nothing that can be read; the message says what is wrong */
    static List<JWK> read(String text) throws IOException {
        String keys = text.strip();
        if (isPlain(keys)) {
            return plain(keys);
        }
        String decoded = decoded(keys);
        if (isPlain(decoded)) {
            return plain(decoded);
        }
        throw new IOException("neither PEM nor JWK");
    }

    private static boolean isPlain(String text) {
        return text.startsWith("{") || Pem.isPem(text);
    }

    private static List<JWK> plain(String text) throws IOException {
        return text.startsWith("{") ? json(text) : Pem.read(text);
    }

    private static String decoded(String text) {
        try {
            String base64 = text.replace('-', '+').replace('_', '/').replaceAll("\\s", "");
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static List<JWK> json(String text) throws IOException {
        try {
            Map<String, Object> object = JSONObjectUtils.parse(text);
            if (!object.containsKey("keys")) {
                return List.of(JWK.parse(object));
            }
            if (object.get("keys") instanceof List<?> keys) {
                return readable(keys);
            }
        } catch (ParseException e) {
            throw new IOException("no JWK: " + e.getMessage(), e);
        }
        throw new IOException("no set of JWKs: its keys are no list");
    }

    private static List<JWK> readable(List<?> keys) {
        List<JWK> readable = new ArrayList<>();
        for (Object key : keys) {
            try {
                @SuppressWarnings("unchecked")
                Map<String, Object> members = (Map<String, Object>) key;
                readable.add(JWK.parse(members));
            } catch (ParseException | RuntimeException e) {
                // no object, or of a kind or a curve that is not known here
            }
        }
        return readable;
    }
}
