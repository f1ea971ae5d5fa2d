package io.backhaul.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything known about one archived set, written beside its files so that the archive can be read without Backhaul
 * (DESIGN 6).
 *
 * @param provider the source's provider word, such as {@code huawei-dcs}
 * @param given times, sizes and types exactly as the provider gave them
 * @param checks of the set as a whole, such as whether all its files came; each file has its own
 * @param fetchedAt when the last file was verified
 * @param node name of the node that fetched it
 * @param version version of Backhaul that fetched it
 */
public record Manifest(
        SetKey key,
        String provider,
        String instanceName,
        Map<String, String> given,
        List<StoredFile> files,
        List<CheckResult> checks,
        Instant fetchedAt,
        String node,
        String version) {
    public Manifest {
        given = Map.copyOf(given);
        files = List.copyOf(files);
        checks = List.copyOf(checks);
    }

    /** All bytes of its files. */
    public ByteCount size() {
        return files.stream().map(StoredFile::size).reduce(ByteCount.ZERO, ByteCount::plus);
    }
}
