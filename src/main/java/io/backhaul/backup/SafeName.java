package io.backhaul.backup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes names that come from a provider safe as names of files: one path component that no shell, S3 key or
 * case-insensitive file system takes for something else. What was changed stays readable, and stays distinct.
 */
public final class SafeName {
    /** Names that Backhaul itself writes into a set. */
    private static final Set<String> RESERVED = Set.of("manifest.json", "sha256sums");

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@=+-]{0,149}");
    private static final int LONGEST = 120;

    private SafeName() {}

    /** The name itself where it is safe; else its safe characters and a hash of the whole, so that two never collide. */
    public static String of(String given) {
        if (SAFE.matcher(given).matches() && !RESERVED.contains(given.toLowerCase(Locale.ROOT))) {
            return given;
        }
        var readable = given.replaceAll("[^A-Za-z0-9._@=+-]+", "_").replaceAll("^[^A-Za-z0-9_]+", "_");
        var tail = readable.length() > LONGEST ? readable.substring(readable.length() - LONGEST) : readable;
        return "x" + hash(given) + "_" + tail;
    }

    /** Safe names for the files of one set, in order: where two would meet, also by letter case, the later gets its position. */
    public static List<String> ofAll(List<String> given) {
        var taken = new HashSet<String>();
        var safe = new ArrayList<String>();
        for (var name : given) {
            var candidate = of(name);
            for (var n = safe.size() + 1; !taken.add(candidate.toLowerCase(Locale.ROOT)); n++) {
                candidate = n + "_" + of(name);
            }
            safe.add(candidate);
        }
        return List.copyOf(safe);
    }

    private static String hash(String given) {
        return Sha256.of(given.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    }
}
