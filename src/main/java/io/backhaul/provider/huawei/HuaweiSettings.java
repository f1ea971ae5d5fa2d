package io.backhaul.provider.huawei;

import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a huawei-dcs or huawei-ges source needs to know.
 *
 * @param source for logs
 * @param endpoint such as https://dcs.cn-north-4.myhuaweicloud.com; never derived, other sites have other domains
 * @param iamEndpoint where tokens and projects are asked for; null where neither is needed
 * @param retentionHint how long the provider keeps a backup: its API does not say (huawei.md 1.3, 1.5)
 */
public record HuaweiSettings(
        SourceName source,
        URI endpoint,
        HuaweiProject project,
        HuaweiCredential credential,
        @Nullable URI iamEndpoint,
        InstanceSelection instances,
        Duration retentionHint) {
    /** @throws IllegalArgumentException when IAM must be asked and no one says where, or the retention is not positive */
    public HuaweiSettings {
        if (iamEndpoint == null && (credential instanceof IamUser || project instanceof HuaweiProject.OfRegion)) {
            throw new IllegalArgumentException("no IAM endpoint: a password and a region need one");
        }
        if (retentionHint.isNegative() || retentionHint.isZero()) {
            throw new IllegalArgumentException("not a retention: " + retentionHint);
        }
    }
}
