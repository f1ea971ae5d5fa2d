package io.backhaul.provider.tencent;

import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import io.backhaul.config.Network;
import io.backhaul.provider.AccessKey;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a tencent-crs source needs to know, whichever API it speaks.
 *
 * @param source for logs
 * @param endpoint such as https://redis.tencentcloudapi.com, or https://redis.api.qcloud.com for v2; financial regions
 *     and the international site have hosts of their own (tencent-aliyun.md 5)
 * @param region as that API writes it: {@code ap-guangzhou}, in v2 also {@code gz}
 * @param network which of two links to take
 * @param retentionHint how long backups are kept; API 2018-04-12 is not asked for older ones, so it must not be
 *     shorter than the longest storage time that was set for a backup
 */
public record TencentCrsSettings(
        SourceName source,
        URI endpoint,
        String region,
        AccessKey credential,
        InstanceSelection instances,
        Network network,
        Duration retentionHint) {
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** @throws IllegalArgumentException when the region could not be one, or the retention is not positive */
    public TencentCrsSettings {
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("not a region: \"" + region + "\"");
        }
        if (retentionHint.isNegative() || retentionHint.isZero()) {
            throw new IllegalArgumentException("not a retention: " + retentionHint);
        }
    }
}
