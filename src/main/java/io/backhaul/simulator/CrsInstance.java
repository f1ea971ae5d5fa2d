package io.backhaul.simulator;

import java.time.Instant;

/**
 * A Redis instance at Tencent (tencent-aliyun.md 1.1, 1.2).
 *
 * @param id {@code crs-} and eight letters
 * @param status 2 for a running one, or any other number
 */
public record CrsInstance(
        String id, String name, Edition edition, int shards, int sizeMb, int status, Instant createdAt) {
    private static final Instant LONG_AGO = Instant.parse("2019-05-31T03:15:40Z");

    /** What an instance is made of. */
    public enum Edition {
        STANDARD,
        /** In v2 its backups must be exported before they can be had. */
        CLUSTER
    }

    /** A running master with its replica. */
    public static CrsInstance standard(String id, String name, int sizeMb) {
        return new CrsInstance(id, name, Edition.STANDARD, 1, sizeMb, 2, LONG_AGO);
    }

    /** A running cluster: by API 2018-04-12 its backups are one file for each shard. */
    public static CrsInstance cluster(String id, String name, int shards, int sizeMb) {
        return new CrsInstance(id, name, Edition.CLUSTER, shards, sizeMb, 2, LONG_AGO);
    }
}
