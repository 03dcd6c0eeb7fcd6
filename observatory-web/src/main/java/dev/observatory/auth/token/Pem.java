package dev.observatory.auth.token;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads public keys and certificates as PEM (RFC 7468). Of a certificate only the key is used: whether somebody trusts
 * it, and for how long, is not asked, since who configured it does.
 */
final class Pem {

    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern BLOCK =
            Pattern.compile(BEGIN + "([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /** In this order they are tried: each refuses what is another's. */
    private static final List<String> KINDS = List.of("RSA", "EC", Ed25519Key.ALGORITHM);

    private Pem() {}

    static boolean isPem(String text) {
        return text.contains(BEGIN);
    }

    /** @throws IOException when there is anything that is no public key and no certificate */
    static List<JWK> read(String text) throws IOException {
        List<JWK> keys = new ArrayList<>();
        // in an environment variable the ends of lines are often written so
        Matcher blocks = BLOCK.matcher(text.replace("\\n", "\n"));
        while (blocks.find()) {
            keys.add(key(blocks.group(1), blocks.group(2)));
        }
        if (keys.isEmpty()) {
            throw new IOException("PEM without a block that can be read");
        }
        return keys;
    }

    private static JWK key(String label, String base64) throws IOException {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return switch (label) {
                case "PUBLIC KEY" -> jwk(publicKey(der));
                case "CERTIFICATE" ->
                    jwk(CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der))
                            .getPublicKey());
                default ->
                    throw new IOException(
                            "PEM with a " + label + ", but what is read is a PUBLIC KEY or a CERTIFICATE");
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("PEM with a " + label + " that cannot be read", e);
        }
    }

    private static PublicKey publicKey(byte[] der) throws GeneralSecurityException {
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // of another kind
            }
        }
        throw new InvalidKeySpecException("not of " + KINDS);
    }

    private static JWK jwk(PublicKey key) throws GeneralSecurityException {
        if (key instanceof RSAPublicKey rsa) {
            return new RSAKey.Builder(rsa).build();
        }
        if (key instanceof ECPublicKey curve) {
            return new ECKey.Builder(Curve.forECParameterSpec(curve.getParams()), curve).build();
        }
        if (key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals(Ed25519Key.ALGORITHM)) {
            return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(Ed25519Key.point(key))).build();
        }
        throw new InvalidKeySpecException("not of " + KINDS);
    }
}
