package io.backhaul.provider.aliyun;

import io.backhaul.provider.ApiRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One way of naming an action and signing the request for it. Safe for use by several threads. */
interface AliyunSigner {
    /** How both ways write a time. */
    DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The request with its action where this way wants it, asking for JSON; not signed yet. */
    ApiRequest calling(ApiRequest request, String action, String version);

    /**
     * The request as it is to be sent, signed.
     *
     * @param nonce no other request has it
     */
    ApiRequest sign(ApiRequest request, Instant at, String nonce);
}
