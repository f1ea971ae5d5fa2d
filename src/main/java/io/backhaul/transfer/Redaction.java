package io.backhaul.transfer;

import io.backhaul.backup.SignedUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * Makes a text that came from a store or a library fit for a row and a log line: short, printable, and without
 * anything from the link's query, which stores like to repeat in their refusals. Any thread.
 */
final class Redaction {
    private static final int LONGEST = 300;
    /** Shorter values (a day count, "1") are no secrets, and removing them would garble every text. */
    private static final int SHORTEST_SECRET = 6;

    /** Longest first, so that a part of a secret does not hide the rest of it. */
    private final Set<String> secrets = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private Redaction() {}

    static Redaction of(SignedUrl link) {
        var redaction = new Redaction();
        redaction.hide(link.rawQuery());
        return redaction;
    }

    /** Learns another query, of a redirect for one, whole and value by value. */
    void hide(String query) {
        var values = Stream.of(query.split("&")).map(part -> part.substring(part.indexOf('=') + 1));
        Stream.concat(Stream.of(query), values)
                .flatMap(text -> Stream.of(text, decoded(text)))
                .filter(text -> text.length() >= SHORTEST_SECRET)
                .forEach(secrets::add);
    }

    String clean(String text) {
        var cleaned = text;
        for (var secret : secrets) {
            cleaned = cleaned.replace(secret, "***");
        }
        cleaned = cleaned.replaceAll("[^ -~]+", " ").strip();
        return cleaned.length() <= LONGEST ? cleaned : cleaned.substring(0, LONGEST) + "...";
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // not an escape: it stands for itself
        }
    }
}
