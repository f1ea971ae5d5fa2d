package io.backhaul.judge;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tencent's own clients, in the JDK's words: what they ask, what they understand, how they sign. */
public interface TencentJudge {
    /**
     * What a client proves itself with.
     *
     * @param token empty for a permanent key
     */
    record Keys(String secretId, String secretKey, String token, String region) {}

    /** How API 2018-04-12's client is brought to the simulator. */
    enum Way {
        /** As its endpoint: it signs the local host. */
        ENDPOINT,
        /** As its proxy: it asks for the production host, in absolute form. */
        PROXY
    }

    /** Instances on one page as {@code id status shards}. */
    List<String> instances(URI simulator, Way way, String method, Keys keys, long offset, long limit);

    /** Backups that began in a window as {@code id status size}; its times hold blanks. */
    List<String> backups(URI simulator, Way way, String method, Keys keys, String instance, String begin, String end);

    /** Files of a backup as {@code name size link innerLink}. */
    List<String> links(URI simulator, Way way, String method, Keys keys, String instance, String backup);

    /** The Authorization header of TC3-HMAC-SHA256. */
    String authorization(Keys keys, String host, String contentType, String body, long timestamp);

    /** Calls v2 with the vendor's own transport and signature; gives the answer as it is. */
    String callV2(URI simulator, String method, String algorithm, Keys keys, Map<String, String> parameters);

    /** v2's signature in Base64. */
    String signatureV2(
            String method,
            String host,
            String path,
            String algorithm,
            String secretKey,
            Map<String, String> parameters);

    /** A link to an object in COS. */
    String cosLink(Keys keys, String bucket, String key, Instant expires);
}
