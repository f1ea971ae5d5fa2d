package io.backhaul.backup;

import java.util.Locale;

/**
 * One reason to believe or disbelieve a file, as the manifest names it.
 *
 * @param check short fixed name, such as {@code length}, {@code sha256}, {@code etag-md5}, {@code rdb-crc64}
 * @param detail one sentence or value for people; never a secret
 */
public record CheckResult(String check, Verdict verdict, String detail) {
    /** What a check found. */
    public enum Verdict {
        PASSED,
        FAILED,
        /** The check could not be made, and says why. */
        UNVERIFIED;

        /** As it stands in the manifest. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static CheckResult passed(String check, String detail) {
        return new CheckResult(check, Verdict.PASSED, detail);
    }

    public static CheckResult failed(String check, String detail) {
        return new CheckResult(check, Verdict.FAILED, detail);
    }

    public static CheckResult unverified(String check, String detail) {
        return new CheckResult(check, Verdict.UNVERIFIED, detail);
    }
}
