package io.backhaul.provider.aliyun;

/** What a refusal comes down to, and, for people, who must act on it. */
enum AliyunFault {
    AUTHENTICATION("credentials: the access key is wrong or disabled, or its session token has expired"),
    /** The time in the signature is too far from the provider's. */
    STALE("check this machine's clock"),
    /** The signature's nonce was seen before. */
    REPLAYED(""),
    /** The key is right and may not do this. */
    PERMISSION(""),
    /** The endpoint knows no such product, version, action or region. */
    MISDIRECTED("check endpoint and region"),
    /** The instance, backup or task is no more. */
    GONE(""),
    /** The request is wrong: our bug, or the operator's configuration. */
    WRONG(""),
    /** In another flow. */
    BUSY(""),
    THROTTLED(""),
    /** The provider's own trouble, or no answer of the API at all. */
    SERVER("");

    private final String remedy;

    AliyunFault(String remedy) {
        this.remedy = remedy;
    }

    /** In brackets; empty where nobody has to act. */
    String remedy() {
        return remedy.isEmpty() ? "" : " (" + remedy + ")";
    }
}
