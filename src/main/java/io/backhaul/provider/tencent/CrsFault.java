package io.backhaul.provider.tencent;

/** What a refusal of either API comes down to. */
enum CrsFault {
    /** The credential is wrong or no longer valid. */
    AUTHENTICATION,
    /** The time in the signature is too far from the provider's. */
    STALE,
    /** The credential is right and may not do this. */
    PERMISSION,
    /** The instance or backup is no more. */
    GONE,
    /** The request is wrong: our bug, or the operator's configuration. */
    WRONG,
    /** This kind of instance does not do that. */
    UNSUPPORTED,
    /** In another flow; or perhaps no more, which only the listing can tell. */
    BUSY,
    /** Too many requests. */
    THROTTLED,
    /** The provider's own trouble, or no answer of the API at all. */
    SERVER
}
