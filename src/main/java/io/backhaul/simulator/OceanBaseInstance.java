package io.backhaul.simulator;

import java.time.Instant;

/**
 * A cluster of ApsaraDB for OceanBase (tencent-aliyun.md 1.3).
 *
 * @param id {@code ob} and letters or digits
 * @param state {@code ONLINE} for a running one, or any other word, in either case
 */
public record OceanBaseInstance(String id, String name, String state, long diskGb, Instant createdAt) {
    private static final Instant LONG_AGO = Instant.parse("2022-05-31T03:15:40Z");

    /** A running one. */
    public static OceanBaseInstance online(String id, String name, long diskGb) {
        return new OceanBaseInstance(id, name, "ONLINE", diskGb, LONG_AGO);
    }

    public OceanBaseInstance withState(String other) {
        return new OceanBaseInstance(id, name, other, diskGb, createdAt);
    }
}
