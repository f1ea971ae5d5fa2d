package io.backhaul.provider.aliyun;

/** What a refusal comes down to. */
enum AliyunFault {
    /** The key is wrong or disabled, or its token has expired. */
    AUTHENTICATION,
    /** The time in the signature is too far from the provider's. */
    STALE,
    /** The signature's nonce was seen before. */
    REPLAYED,
    /** The key is right and may not do this. */
    PERMISSION,
    /** The endpoint knows no such product, version, action or region. */
    MISDIRECTED,
    /** The instance, backup or task is no more. */
    GONE,
    /** The request is wrong: our bug, or the operator's configuration. */
    WRONG,
    /** In another flow. */
    BUSY,
    THROTTLED,
    /** The provider's own trouble, or no answer of the API at all. */
    SERVER
}
