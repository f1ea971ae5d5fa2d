package io.backhaul.provider.huawei;

import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a huawei-dcs source needs to know.
 *
 * @param source for logs
 * @param endpoint such as https://dcs.cn-north-4.myhuaweicloud.com; never derived, other sites have other domains
 * @param retentionHint how long the provider keeps a backup: its API does not say (huawei.md 1.3)
 */
public record HuaweiDcsSettings(
        SourceName source,
        URI endpoint,
        String projectId,
        AkSk credential,
        InstanceSelection instances,
        Duration retentionHint) {
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** @throws IllegalArgumentException when the project id could not be one, or the retention is not positive */
    public HuaweiDcsSettings {
        if (!PROJECT.matcher(projectId).matches()) {
            throw new IllegalArgumentException("not a project id: \"" + projectId + "\"");
        }
        if (retentionHint.isNegative() || retentionHint.isZero()) {
            throw new IllegalArgumentException("not a retention: " + retentionHint);
        }
    }
}
