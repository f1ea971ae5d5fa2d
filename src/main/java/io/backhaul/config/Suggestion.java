package io.backhaul.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What someone may have meant who wrote a word that is not known. */
final class Suggestion {
    private Suggestion() {}

    /** The nearest of the known words where one is near; else all of them. */
    static String among(List<String> known, String written) {
        return nearest(known, written)
                .map(word -> "did you mean \"" + word + "\"?")
                .orElseGet(() -> "known here: " + String.join(", ", known));
    }

    /** The known word that was likely meant, if one is near. */
    static Optional<String> nearest(List<String> known, String written) {
        return known.stream()
                .min(Comparator.comparingInt(word -> distance(word, written)))
                .filter(word -> distance(word, written) <= Math.max(1, word.length() / 3));
    }

    /** Edits between two words (Levenshtein, with the swap of two neighbours as one edit). */
    private static int distance(String a, String b) {
        var rows = new int[a.length() + 1][];
        rows[0] = IntStream.rangeClosed(0, b.length()).toArray();
        for (var i = 1; i <= a.length(); i++) {
            rows[i] = new int[b.length() + 1];
            rows[i][0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                rows[i][j] = Math.min(rows[i - 1][j - 1] + change, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
                if (isSwap(a, i, b, j)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[a.length()][b.length()];
    }

    private static boolean isSwap(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
