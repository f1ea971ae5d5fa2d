package io.backhaul.backup;

import java.util.regex.Pattern;

/** The operator's name for one configured provider account and scope; also the first folder of its sets in an archive. */
public record SourceName(String value) implements Comparable<SourceName> {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /** @throws IllegalArgumentException when the name could not be a folder and a metric label as it stands */
    public SourceName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a source name: \"" + value + "\" (want " + SHAPE + ")");
        }
    }

    /** Tells whether a text can be a source name: 1 to 63 of a-z, 0-9, dot, dash and underscore, letter or digit first. */
    public static boolean isValid(String value) {
        return SHAPE.matcher(value).matches();
    }

    @Override
    public int compareTo(SourceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
