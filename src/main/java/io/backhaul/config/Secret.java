package io.backhaul.config;

/** A password, key or token. It prints as {@code ***}; only {@link #reveal()} hands it out, to those who sign with it. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Keeps a value from being printed.
     *
     * @throws IllegalArgumentException when empty
     */
    public static Secret of(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an empty secret");
        }
        return new Secret(value);
    }

    /** The secret itself: not for logs, texts or exceptions. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
