package io.backhaul.provider.huawei;

/** What a refusal of DCS, GES, their gateway or IAM comes down to. */
enum HuaweiFault {
    /** The credential is wrong, locked, or no longer valid. */
    AUTHENTICATION,
    /** The credential is right and may not do this. */
    PERMISSION,
    /** The instance is no more. */
    INSTANCE_GONE,
    /** The backup is no more: said in so many words, as GES does and DCS does not. */
    BACKUP_GONE,
    /** The request is wrong: our bug, or the operator's configuration. */
    WRONG,
    /** This instance has no backups and never will. */
    UNSUPPORTED,
    /** The instance is in another flow; HTTP says 400 and means later. */
    BUSY,
    /** Too many requests. */
    THROTTLED,
    /** The provider's own trouble, or a proxy's. */
    SERVER,
    /** A status or code that several things can hide behind, a vanished backup among them. */
    DOUBTFUL
}
