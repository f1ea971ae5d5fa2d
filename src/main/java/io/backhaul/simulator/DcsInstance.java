package io.backhaul.simulator;

import java.time.Instant;

/**
 * A Redis instance (contract 1.1).
 *
 * @param status as on the wire: {@code RUNNING}, or any other word
 * @param specCode the kind and size: {@code redis.ha…}, {@code redis.cluster…}
 * @param capacityGb zero for less than one
 */
public record DcsInstance(
        String id,
        String name,
        String status,
        String engine,
        String engineVersion,
        String specCode,
        int capacityGb,
        String ip,
        int port,
        Instant createdAt) {
    private static final Instant LONG_AGO = Instant.parse("2019-05-31T03:15:40.631Z");

    /** A running master with its standby. */
    public static DcsInstance masterStandby(String id, String name, String engineVersion, int capacityGb) {
        return running(id, name, engineVersion, "redis.ha.xu1.large.r2." + capacityGb, capacityGb);
    }

    /** A running cluster: its backups are one file for each shard. */
    public static DcsInstance cluster(String id, String name, String engineVersion, int capacityGb) {
        return running(id, name, engineVersion, "redis.cluster.xu1.large.r2." + capacityGb, capacityGb);
    }

    public DcsInstance withStatus(String other) {
        return new DcsInstance(id, name, other, engine, engineVersion, specCode, capacityGb, ip, port, createdAt);
    }

    private static DcsInstance running(String id, String name, String engineVersion, String specCode, int capacityGb) {
        return new DcsInstance(
                id, name, "RUNNING", "Redis", engineVersion, specCode, capacityGb, "192.168.0.10", 6379, LONG_AGO);
    }
}
