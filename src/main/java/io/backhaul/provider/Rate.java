package io.backhaul.provider;

/** How often we let ourselves ask: a steady rate, and how much may come at once. */
public record Rate(int perSecond, int burst) {
    /** @throws IllegalArgumentException when it would let nothing through */
    public Rate {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("not a rate: perSecond=" + perSecond + " burst=" + burst);
        }
    }
}
