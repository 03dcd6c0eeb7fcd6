package dev.observatory.auth.token;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key pair of a test. Signs by what Java brings, so that the library is not its own witness. */
record TestKey(String id, KeyPair pair) {

    static TestKey rsa(String id) {
        return rsa(id, 2048);
    }

    static TestKey rsa(String id, int bits) {
        return generated(id, "RSA", generator -> generator.initialize(bits));
    }

    /** @param curve such as secp256r1 */
    static TestKey ec(String id, String curve) {
        return generated(id, "EC", generator -> generator.initialize(new ECGenParameterSpec(curve)));
    }

    static TestKey edwards(String id) {
        return generated(id, "Ed25519", generator -> {});
    }

    private interface Initialization {
        void of(KeyPairGenerator generator) throws GeneralSecurityException;
    }

    private static TestKey generated(String id, String kind, Initialization initialization) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            initialization.of(generator);
            return new TestKey(id, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] sign(String algorithm, String text) {
        try {
            Signature signature = signature(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        String bits = algorithm.substring(2);
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
            case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            case "PS" -> {
                Signature signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(new PSSParameterSpec(
                        "SHA-" + bits,
                        "MGF1",
                        new MGF1ParameterSpec("SHA-" + bits),
                        Integer.parseInt(bits) / 8,
                        PSSParameterSpec.TRAILER_FIELD_BC));
                yield signature;
            }
            default -> Signature.getInstance("Ed25519");
        };
    }

    static byte[] mac(byte[] secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String pem() {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    String jwk() {
        return jwk("");
    }

    /** @param more members, each with a comma behind it */
    String jwk(String more) {
        return "{" + more + (id == null ? "" : "\"kid\":\"" + id + "\",") + members() + "}";
    }

    private String members() {
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            return "\"kty\":\"RSA\",\"n\":\"" + encoded(rsa.getModulus()) + "\",\"e\":\""
                    + encoded(rsa.getPublicExponent()) + "\"";
        }
        if (pair.getPublic() instanceof ECPublicKey curve) {
            int bits = curve.getParams().getCurve().getField().getFieldSize();
            int length = (bits + 7) / 8;
            return "\"kty\":\"EC\",\"crv\":\"P-" + bits + "\",\"x\":\""
                    + encoded(curve.getW().getAffineX(), length) + "\",\"y\":\""
                    + encoded(curve.getW().getAffineY(), length) + "\"";
        }
        byte[] der = pair.getPublic().getEncoded();
        return "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\""
                + encoded(Arrays.copyOfRange(der, der.length - 32, der.length)) + "\"";
    }

    static String jwks(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    private static String encoded(BigInteger number) {
        return encoded(number, (number.bitLength() + 7) / 8);
    }

    private static String encoded(BigInteger number, int length) {
        byte[] bytes = new byte[length];
        byte[] given = number.toByteArray();
        int taken = Math.min(given.length, length);
        System.arraycopy(given, given.length - taken, bytes, length - taken, taken);
        return encoded(bytes);
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }
}
