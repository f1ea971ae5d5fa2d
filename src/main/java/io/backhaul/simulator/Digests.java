package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hashes that the contracts name; every JDK has them. */
final class Digests {
    private static final int BLOCK = 64 * 1024;

    private Digests() {}

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(bytes));
    }

    static String sha1(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-1").digest(bytes));
    }

    static String md5(String text) {
        return HexFormat.of().formatHex(digest("MD5").digest(text.getBytes(UTF_8)));
    }

    static String md5(Content content) {
        var md5 = digest("MD5");
        var block = new byte[BLOCK];
        try {
            for (long at = 0; at < content.length(); at += BLOCK) {
                var count = (int) Math.min(BLOCK, content.length() - at);
                content.read(at, block, 0, count);
                md5.update(block, 0, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("hashing content bytes=" + content.length(), e);
        }
        return HexFormat.of().formatHex(md5.digest());
    }

    /** @param algorithm {@code HmacSHA1} or {@code HmacSHA256} */
    static byte[] hmac(String algorithm, String key, String text) {
        return hmac(algorithm, key.getBytes(UTF_8), text);
    }

    static byte[] hmac(String algorithm, byte[] key, String text) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + algorithm, e);
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + algorithm, e);
        }
    }
}
