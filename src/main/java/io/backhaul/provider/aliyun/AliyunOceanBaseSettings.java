package io.backhaul.provider.aliyun;

import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import io.backhaul.config.Network;
import io.backhaul.provider.AccessKey;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an aliyun-oceanbase source needs to know.
 *
 * @param source for logs
 * @param endpoint such as https://oceanbasepro.cn-hangzhou.aliyuncs.com: there is one for each region
 * @param region where the instances are, should the endpoint's name not say it; null otherwise
 * @param network which of two links to take
 * @param retentionHint how long backup sets are kept: no operation that we use tells
 */
public record AliyunOceanBaseSettings(
        SourceName source,
        URI endpoint,
        @Nullable String region,
        AccessKey credential,
        AliyunSignature signature,
        InstanceSelection instances,
        Network network,
        Duration retentionHint) {
    /** @throws IllegalArgumentException when the retention is not positive */
    public AliyunOceanBaseSettings {
        if (retentionHint.isNegative() || retentionHint.isZero()) {
            throw new IllegalArgumentException("not a retention: " + retentionHint);
        }
    }
}
