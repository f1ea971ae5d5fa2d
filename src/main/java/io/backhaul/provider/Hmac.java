package io.backhaul.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keyed hashes that clouds sign with; every JDK has them. */
public enum Hmac {
    SHA1("HmacSHA1"),
    SHA256("HmacSHA256");

    /** As the JDK calls it, and Tencent's SignatureMethod too. */
    private final String algorithm;

    Hmac(String algorithm) {
        this.algorithm = algorithm;
    }

    /** The hash by its name. */
    public String algorithm() {
        return algorithm;
    }

    /** The hash of a text in UTF-8. */
    public byte[] of(byte[] key, String text) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + algorithm, e);
        }
    }
}
