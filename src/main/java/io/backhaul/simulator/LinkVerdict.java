package io.backhaul.simulator;

/** What a link is worth to the store that it leads to. */
enum LinkVerdict {
    GOOD,
    MISSING,
    EXPIRED,
    NO_SUCH_KEY_ID,
    EXPIRY_MALFORMED,
    SIGNATURE_WRONG
}
