package io.backhaul.app;

import java.util.Objects;

/** Which Backhaul this is. */
public final class Version {
    private Version() {}

    /** As the jar says; {@code development} when run from loose classes. */
    public static String current() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }
}
