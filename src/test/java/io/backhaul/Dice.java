package io.backhaul;

import java.util.List;
import java.util.Random;

/** Chance for property tests: prints its seed, and throws the same again with {@code -Ddice=SEED}. */
public final class Dice {
    private final long seed;
    private final Random random;

    private Dice(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** New dice, unless a seed is given; the seed is printed for whoever must repeat a failure. */
    public static Dice of(Class<?> test) {
        var dice = new Dice(Long.getLong("dice", System.nanoTime()));
        System.out.println(test.getSimpleName() + ": repeat with -Ddice=" + dice.seed);
        return dice;
    }

    /** From zero, below the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** One in so many times. */
    public boolean onceIn(int times) {
        return below(times) == 0;
    }

    public <T> T oneOf(List<T> things) {
        return things.get(below(things.size()));
    }

    /** A text of these characters, of at most that length. */
    public String text(String alphabet, int longest) {
        var characters = alphabet.codePoints().toArray();
        var text = new StringBuilder();
        for (var left = below(longest + 1); left > 0; left--) {
            text.appendCodePoint(characters[below(characters.length)]);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "-Ddice=" + seed;
    }
}
