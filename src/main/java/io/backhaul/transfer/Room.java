package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;
import java.util.Optional;

/** Whether there is room for what a fetch is about to bring. Any thread. */
@FunctionalInterface
public interface Room {
    /** Left free on a staging disk: the journals and the manifest must still fit when the file does. */
    ByteCount RESERVE = new ByteCount(64L << 20);

    /**
     * Asked when the store has said what comes, before a byte of it is written.
     *
     * @param bytes that will come; 0 when the store does not say
     * @return why they find no room, or nobody could be asked; empty when they do
     */
    Optional<String> refusal(long bytes);
}
