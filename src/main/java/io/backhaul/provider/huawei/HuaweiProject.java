package io.backhaul.provider.huawei;

import java.util.regex.Pattern;

/** Which project a source's instances are in: its id stands in every path. */
public sealed interface HuaweiProject {
    /** The id itself. */
    record Known(String id) implements HuaweiProject {
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

        /** @throws IllegalArgumentException when it could not be one */
        public Known {
            if (!isId(id)) {
                throw new IllegalArgumentException("not a project id: \"" + id + "\"");
            }
        }

        /** Whether a text can stand in a path as a project's id. */
        static boolean isId(String text) {
            return ID.matcher(text).matches();
        }
    }

    /** The one project that is named like its region; IAM is asked for its id (huawei.md 3.4). */
    record OfRegion(String region) implements HuaweiProject {}
}
