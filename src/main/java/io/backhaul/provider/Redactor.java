package io.backhaul.provider;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes foreign text fit for logs and reasons: one short line, without links, without anything that looks like a
 * credential, and without the secrets that it was told of (DESIGN 5, rules 7 and 8).
 */
public final class Redactor {
    private static final int LONGEST = 200;

    /** More than enough to fill a reason; the rest of a body is not even looked at. */
    private static final int LOOKED_AT = 4096;

    /** Also as JSON escapes it, {@code https:\/\/}. */
    private static final Pattern LINK = Pattern.compile("(?i)\\bhttps?:[\\\\/]+[^\\s\"'<>]*");

    /** The word before the name is bounded: an endless one would be tried from each of its letters. */
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?i)([\\w.-]{0,32}(?:sign|signature|token|credential|secret"
                    + "|password|authorization|access_?key(?:_?id)?|\\bak|\\bsk|\\baccess)\\\\?[\"']?\\s*[=:]\\s*\\\\?[\"']?)"
                    + "[^\\s\"'&,;<>\\\\]+");

    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+\\S+");

    private final List<String> secrets;

    /**
     * Knows some secrets by their value, besides whatever looks like one.
     *
     * @param secrets what must never be shown, wherever it turns up; empty ones are left out
     */
    public Redactor(List<String> secrets) {
        this.secrets = secrets.stream().filter(secret -> !secret.isBlank()).toList();
    }

    /** The text as one line of at most 200 characters that may be shown. */
    public String excerpt(String text) {
        var shown = text;
        // Before anything is cut: what is left of a secret in two would not be known as one.
        for (var secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        shown = shown.length() > LOOKED_AT ? shown.substring(0, LOOKED_AT) : shown;
        shown = LINK.matcher(shown).replaceAll("<link>");
        shown = BEARER.matcher(shown).replaceAll("$1 ***");
        shown = CREDENTIAL.matcher(shown).replaceAll("$1***");
        shown = shown.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown;
    }

    @Override
    public String toString() {
        return "Redactor[***]";
    }
}
