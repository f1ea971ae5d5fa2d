package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;
import io.backhaul.backup.CheckResult;
import org.jspecify.annotations.Nullable;

/** As many bytes as the store announced, and as the provider said where it says. */
final class LengthCheck implements Check {
    private final @Nullable Long announced;
    private final @Nullable ByteCount expected;
    private long seen;

    LengthCheck(@Nullable Long announced, @Nullable ByteCount expected) {
        this.announced = announced;
        this.expected = expected;
    }

    @Override
    public void update(byte[] bytes, int count) {
        seen += count;
    }

    @Override
    public CheckResult verdict() {
        if (announced != null && seen != announced) {
            return CheckResult.failed("length", seen + " bytes came, the store announced " + announced);
        }
        if (expected != null && seen != expected.bytes()) {
            return CheckResult.failed("length", seen + " bytes came, the provider states " + expected.bytes());
        }
        if (announced == null && expected == null) {
            return CheckResult.unverified("length", seen + " bytes came, nobody stated a length");
        }
        return CheckResult.passed("length", Long.toString(seen));
    }
}
