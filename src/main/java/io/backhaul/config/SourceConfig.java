package io.backhaul.config;

import io.backhaul.backup.SourceName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One provider account and scope. What a provider has no word for is null.
 *
 * @param projectId Huawei only; null where region and iam-endpoint stand for it
 * @param region never null for Tencent
 * @param api Tencent only: {@code 2018-04-12} or {@code v2}
 * @param signature Aliyun only: {@code acs3} or {@code rpc}
 * @param schedule a Quartz cron expression
 * @param archives names of configured archives, at least one
 * @param heartbeatUrl asked for after an archived backup, by whoever watches for silence; null where nobody does
 * @param rpo the newest verified copy must never be older
 * @param retentionHint how long the provider keeps a backup, where its API does not say
 * @param allowHosts where links may point
 * @param concurrency backups of this source at once on one node; null for no bound but the node's
 * @param bandwidth of this source on one node; null for no limit but the node's
 * @param requestsPerSecond for each of the provider's operations; null for what is usual there
 */
public record SourceConfig(
        SourceName name,
        ProviderKind provider,
        URI endpoint,
        @Nullable String projectId,
        @Nullable String region,
        @Nullable String api,
        @Nullable String signature,
        Credentials credentials,
        InstanceSelection instances,
        String schedule,
        List<String> archives,
        @Nullable Secret heartbeatUrl,
        Duration rpo,
        Duration retentionHint,
        LinkValidity linkValidity,
        Network network,
        List<HostPattern> allowHosts,
        @Nullable Integer concurrency,
        @Nullable Bandwidth bandwidth,
        @Nullable Integer requestsPerSecond) {
    public SourceConfig {
        archives = List.copyOf(archives);
        allowHosts = List.copyOf(allowHosts);
    }
}
