package io.backhaul.transfer;

import io.backhaul.backup.CheckResult;
import io.backhaul.backup.CheckResult.Verdict;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ETag as MD5 where it can be one: stores make it so for objects put in one request and not encrypted by them
 * (contracts/huawei.md 2.4). Says why where it cannot. Not all say of an ETag that only looks like one; so the store's
 * CRC-64, which is nothing else, is believed rather.
 */
final class EtagCheck implements Check {
    private static final Pattern MD5 = Pattern.compile("\"?([0-9a-fA-F]{32})\"?");

    private final @Nullable String etag;
    private final @Nullable String noMd5;
    private final @Nullable StoreCrcCheck storeCrc;
    private final @Nullable MessageDigest digest;

    /** @param storeCrc which is shown the same bytes before the verdict */
    EtagCheck(Generation generation, @Nullable StoreCrcCheck storeCrc) {
        this.storeCrc = storeCrc;
        etag = generation.etag();
        noMd5 = generation.noMd5();
        digest = etag != null && noMd5 == null && MD5.matcher(etag).matches() ? md5() : null;
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
        if (noMd5 != null) {
            return CheckResult.unverified("etag-md5", "the ETag is no MD5 (" + noMd5 + ")");
        }
        if (digest == null) {
            return CheckResult.unverified("etag-md5", "the ETag is no MD5");
        }
        var found = HexFormat.of().formatHex(digest.digest());
        var matcher = MD5.matcher(etag);
        if (matcher.matches() && found.equalsIgnoreCase(matcher.group(1))) {
            return CheckResult.passed("etag-md5", found);
        }
        var mismatch = "MD5 is " + found + ", the ETag says " + etag;
        return storeCrc != null && storeCrc.verdict().verdict() == Verdict.PASSED
                ? CheckResult.unverified("etag-md5", mismatch + "; but the store's CRC-64 is right")
                : CheckResult.failed("etag-md5", mismatch);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }
}
