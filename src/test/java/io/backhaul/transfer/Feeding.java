package io.backhaul.transfer;

import io.backhaul.Dice;
import io.backhaul.backup.CheckResult;
import java.util.Arrays;

/** Shows bytes to a check as a download does. */
final class Feeding {
    private Feeding() {}

    static CheckResult verdict(Check check, byte[] bytes) {
        check.update(bytes, bytes.length);
        return check.verdict();
    }

    /** In chunks of random sizes, most of them small; in one array, as the real one does. */
    static CheckResult verdictInChunks(Check check, byte[] bytes, Dice dice) {
        var chunk = new byte[bytes.length];
        for (var at = 0; at < bytes.length; ) {
            var count = Math.min(bytes.length - at, 1 + (dice.onceIn(4) ? dice.below(4096) : dice.below(20)));
            System.arraycopy(bytes, at, chunk, 0, count);
            check.update(chunk, count);
            Arrays.fill(chunk, 0, count, (byte) 0x55);
            at += count;
        }
        return check.verdict();
    }
}
