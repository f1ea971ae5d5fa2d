package io.backhaul.transfer;

import io.backhaul.backup.CheckResult;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ETag as MD5 where it can be one: stores make it so for objects put in one request and not encrypted by them
 * (contracts/huawei.md 2.4). Says why where it cannot.
 */
final class EtagCheck implements Check {
    private static final Pattern MD5 = Pattern.compile("\"?([0-9a-fA-F]{32})\"?");

    private final @Nullable String etag;
    private final @Nullable String encryption;
    private final @Nullable MessageDigest digest;

    EtagCheck(Generation generation) {
        etag = generation.etag();
        encryption = generation.encryption();
        digest = etag != null && encryption == null && MD5.matcher(etag).matches() ? md5() : null;
    }

    @Override
    public void update(byte[] bytes, int count) {
        if (digest != null) {
            digest.update(bytes, 0, count);
        }
    }

    @Override
    public CheckResult verdict() {
        if (etag == null) {
            return CheckResult.unverified("etag-md5", "the store sent no ETag");
        }
        if (encryption != null) {
            return CheckResult.unverified("etag-md5", "the store encrypts (" + encryption + ")");
        }
        if (digest == null) {
            return CheckResult.unverified("etag-md5", "the ETag is no MD5");
        }
        var found = HexFormat.of().formatHex(digest.digest());
        var matcher = MD5.matcher(etag);
        return matcher.matches() && found.equalsIgnoreCase(matcher.group(1))
                ? CheckResult.passed("etag-md5", found)
                : CheckResult.failed("etag-md5", "MD5 is " + found + ", the ETag says " + etag);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }
}
