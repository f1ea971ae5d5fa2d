package io.backhaul.backup;

/** The provider's id of one backup, as given; unique within its instance. */
public record BackupId(String value) {
    /** @throws IllegalArgumentException when the provider gave an empty id */
    public BackupId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a provider gave a blank backup id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
