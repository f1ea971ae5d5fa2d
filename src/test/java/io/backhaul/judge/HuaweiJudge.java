package io.backhaul.judge;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Huawei's own clients, in the JDK's words: what they ask, what they understand, how they sign. */
public interface HuaweiJudge {
    /**
     * What a client proves itself with.
     *
     * @param securityToken empty for a permanent key
     * @param projectId empty where IAM, at the same endpoint, is to be asked by {@code region}
     */
    record Keys(String accessKey, String secretKey, String securityToken, String projectId, String region) {}

    /** A request to be signed. Names and values are not encoded. */
    record Unsigned(
            String method,
            URI endpoint,
            String path,
            List<Map.Entry<String, String>> query,
            Map<String, String> headers,
            String body) {}

    /** Ids of the Redis instances on one page. */
    List<String> redisInstances(URI endpoint, Keys keys, int offset, int limit);

    /** Backups of an instance as {@code id status size}. */
    List<String> redisBackups(URI endpoint, Keys keys, String instance);

    /** Links of a backup. */
    List<String> redisLinks(URI endpoint, Keys keys, String instance, String backup, int seconds);

    /** Graphs as {@code id status}. */
    List<String> graphs(URI endpoint, Keys keys, int offset, int limit);

    /** Backups of a graph as {@code id status size start_timestamp start_time}. */
    List<String> graphBackups(URI endpoint, Keys keys, String graph);

    /** Backups of all graphs, their ids. */
    List<String> allGraphBackups(URI endpoint, Keys keys);

    /** Files of a backup as {@code name size link_expired_time download_link}. */
    List<String> graphLinks(URI endpoint, Keys keys, String graph, String backup);

    /** The Authorization header that the vendor's signer gives. */
    String authorization(Keys keys, Unsigned request);
}
