package io.backhaul.simulator;

/** What one asks a provider's API for; each dialect has its own words. */
public enum Operation {
    DCS_INSTANCES(Kind.LIST),
    DCS_BACKUPS(Kind.LIST),
    DCS_LINKS(Kind.LINKS),
    GES_GRAPHS(Kind.LIST),
    GES_BACKUPS(Kind.LIST),
    GES_LINKS(Kind.LINKS),
    IAM_TOKENS(Kind.OTHER),
    IAM_PROJECTS(Kind.OTHER),
    /** DescribeInstances; in v2 DescribeRedis. */
    CRS_INSTANCES(Kind.LIST),
    /** DescribeInstanceBackups; in v2 GetRedisBackupList. */
    CRS_BACKUPS(Kind.LIST),
    /** DescribeBackupDetail. */
    CRS_DETAIL(Kind.OTHER),
    /** ExportRedisBackup, v2 only. */
    CRS_EXPORT(Kind.OTHER),
    /** DescribeBackupUrl; in v2 GetBackupDownloadUrl. */
    CRS_LINKS(Kind.LINKS),
    /** DescribeInstances. */
    OCEANBASE_INSTANCES(Kind.LIST),
    /** DescribeDataBackupSet. */
    OCEANBASE_BACKUPS(Kind.LIST),
    /** CreateBackupSetDownloadLink. */
    OCEANBASE_TASK(Kind.OTHER),
    /** DescribeBackupSetDownloadLink. */
    OCEANBASE_LINKS(Kind.LINKS);

    /** Which faults an operation can have. */
    enum Kind {
        LIST,
        LINKS,
        OTHER
    }

    private final Kind kind;

    Operation(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
