package io.backhaul.backup;

/** One backup of one instance of one source: what logs, the catalog and the archives mean by "this backup". */
public record BackupRef(SourceName source, InstanceId instance, BackupId backup) {
    @Override
    public String toString() {
        return source + "/" + instance + "/" + backup;
    }
}
