package io.backhaul.judge;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Alibaba's own clients, in the JDK's words: what they ask, what they understand, how they sign. */
public interface AliyunJudge {
    /**
     * What a client proves itself with.
     *
     * @param token empty for a permanent key
     */
    record Keys(String id, String secret, String token) {}

    /** Which client asks. */
    enum Client {
        /** tea-openapi, as today's clients do: ACS3-HMAC-SHA256. */
        TEA,
        /** tea-openapi with its signature of old. */
        TEA_RPC,
        /** aliyun-java-sdk-core, which knows only the signature of old. */
        CORE
    }

    /** How a link into OSS is signed. */
    enum OssSignature {
        V1,
        V4
    }

    /**
     * The Authorization header of ACS3-HMAC-SHA256.
     *
     * @param headers all of them, lower case
     * @param bodyHash SHA-256 of the body in hex
     */
    String authorization(
            Keys keys, String method, Map<String, String> query, Map<String, String> headers, String bodyHash);

    /** The signature of old, in Base64, by either client that knows it; both sign query and form alike. */
    String rpcSignature(Client client, String secret, String method, Map<String, String> parameters);

    /** Instances on the first page as {@code id state}. */
    List<String> instances(Client client, URI endpoint, Keys keys);

    /**
     * Goes from an instance's first set to its links: lists, lets a task be made, and looks at it until links are there.
     *
     * @param looks how often it looks, one right after the other
     * @return public links, or internal ones where there are no others
     */
    List<String> listThenLink(Client client, URI endpoint, Keys keys, String instance, int looks);

    /** A link to an object in OSS. */
    String ossLink(Keys keys, OssSignature signature, String bucket, String key, Instant expires);
}
