package io.backhaul.transfer;

import io.backhaul.backup.CheckResult;

/** One reason to believe a file, made up as its bytes stream by. */
interface Check {
    /** Takes the next bytes of the file, from its first to its last. */
    void update(byte[] bytes, int count);

    /** After the last byte. */
    CheckResult verdict();
}
