package io.backhaul.catalog;

import io.backhaul.backup.ByteCount;

/**
 * Work that is ready for transfer slots.
 *
 * @param backups how many
 * @param bytes of all of them, as far as the provider states sizes
 */
public record Stock(int backups, ByteCount bytes) {
    public static final Stock NONE = new Stock(0, ByteCount.ZERO);

    /** Both together. */
    public Stock and(Stock other) {
        return new Stock(backups + other.backups, new ByteCount(bytes.bytes() + other.bytes.bytes()));
    }
}
