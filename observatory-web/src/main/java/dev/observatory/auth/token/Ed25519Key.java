package dev.observatory.auth.token;

import com.nimbusds.jose.JOSEException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A public key of Ed25519, used by what Java has had for it since 15: the library for JOSE would want Google's Tink for
 * this alone. Immutable, thread-safe.
 */
record Ed25519Key(PublicKey key) {

    static final String ALGORITHM = "Ed25519";

    private static final int LENGTH = 32;

    /** What stands before the 32 bytes in a {@code SubjectPublicKeyInfo} (RFC 8410, section 4). */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /** @throws JOSEException when these are no such key */
    static Ed25519Key of(byte[] point) throws JOSEException {
        if (point.length != LENGTH) {
            throw new JOSEException("a key of Ed25519 has " + LENGTH + " bytes, not " + point.length);
        }
        byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + LENGTH);
        System.arraycopy(point, 0, encoded, PREFIX.length, LENGTH);
        try {
            return new Ed25519Key(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new JOSEException(e.getMessage(), e);
        }
    }

    /** The 32 bytes of a key. */
    static byte[] point(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
    }

    boolean verifies(byte[] signed, byte[] signature) throws JOSEException {
        if (signature.length != 2 * LENGTH) {
            // Java 17 takes one with zeros behind it, too: they do not change the number that its second half is
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // it has not even the form of one
            return false;
        } catch (GeneralSecurityException e) {
            throw new JOSEException(e.getMessage(), e);
        }
    }
}
