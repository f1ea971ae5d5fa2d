package io.backhaul.transfer;

import io.backhaul.backup.CheckResult;

/** The CRC-64 that OSS and COS send for the whole object (contracts/tencent-aliyun.md 2.4). */
final class StoreCrcCheck implements Check {
    private final Crc64 crc = new Crc64(Crc64.Kind.XZ);
    private final String stated;

    /** @param stated unsigned decimal, as the header has it */
    StoreCrcCheck(String stated) {
        this.stated = stated.strip();
    }

    @Override
    public void update(byte[] bytes, int count) {
        crc.update(bytes, 0, count);
    }

    @Override
    public CheckResult verdict() {
        if (!stated.matches("\\d{1,20}")) {
            return CheckResult.unverified("crc64", "the store's header is no number");
        }
        var found = Long.toUnsignedString(crc.value());
        return found.equals(stated)
                ? CheckResult.passed("crc64", found)
                : CheckResult.failed("crc64", "CRC-64 is " + found + ", the store says " + stated);
    }
}
