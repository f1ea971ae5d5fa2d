package io.backhaul.provider;

/** Whether a listing saw everything: only then does an absence mean anything (DESIGN 5, rule 9). */
public sealed interface Coverage {
    /** Every page was read, and the list held still while we read it. */
    record Complete() implements Coverage {}

    /** Some of it was not read, or it moved under us; why, for people. */
    record Partial(Setback why) implements Coverage {}
}
