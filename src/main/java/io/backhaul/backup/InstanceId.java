package io.backhaul.backup;

/** The provider's id of one database instance, as given. */
public record InstanceId(String value) {
    /** @throws IllegalArgumentException when the provider gave an empty id */
    public InstanceId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a provider gave a blank instance id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
