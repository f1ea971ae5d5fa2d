package io.backhaul.app;

import io.backhaul.archive.Archive;
import io.backhaul.backup.SourceName;
import io.backhaul.config.Credentials;
import io.backhaul.config.HostPattern;
import io.backhaul.config.LinkValidity;
import io.backhaul.config.SourceConfig;
import io.backhaul.config.TransferConfig;
import io.backhaul.pipeline.LinkTerms;
import io.backhaul.pipeline.Source;
import io.backhaul.pipeline.SourceLimits;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.CallObserver;
import io.backhaul.provider.Provider;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.Rate;
import io.backhaul.provider.aliyun.AliyunOceanBase;
import io.backhaul.provider.aliyun.AliyunOceanBaseSettings;
import io.backhaul.provider.aliyun.AliyunSignature;
import io.backhaul.provider.huawei.HuaweiCredential;
import io.backhaul.provider.huawei.HuaweiDcs;
import io.backhaul.provider.huawei.HuaweiGes;
import io.backhaul.provider.huawei.HuaweiProject;
import io.backhaul.provider.huawei.HuaweiSettings;
import io.backhaul.provider.huawei.IamUser;
import io.backhaul.provider.tencent.TencentCrs;
import io.backhaul.provider.tencent.TencentCrsSettings;
import io.backhaul.provider.tencent.TencentCrsV2;
import io.backhaul.transfer.TargetRules;
import io.backhaul.transfer.Throttle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Makes sources of their configuration. Availability was checked before ({@link Availability}). */
final class SourceBuilder {
    private final ProviderRuntime runtime;
    private final Map<String, Archive> archives;
    private final Function<SourceName, CallObserver> observers;
    private final TransferConfig transfer;

    SourceBuilder(
            ProviderRuntime runtime,
            Map<String, Archive> archives,
            Function<SourceName, CallObserver> observers,
            TransferConfig transfer) {
        this.runtime = runtime;
        this.archives = archives;
        this.observers = observers;
        this.transfer = transfer;
    }

    Source build(SourceConfig config) {
        return new Source(
                config.name(),
                config.provider().word(),
                provider(config),
                config.archives().stream()
                        .map(archives::get)
                        .map(Objects::requireNonNull)
                        .toList(),
                terms(config.linkValidity()),
                targets(config),
                limits(config));
    }

    /** A source's links mostly lead to one host: backups that would only wait for connections there are not begun. */
    private SourceLimits limits(SourceConfig config) {
        var concurrency = Objects.requireNonNullElse(config.concurrency(), transfer.concurrency());
        return new SourceLimits(
                Math.min(concurrency, transfer.connectionsPerHost()), Throttle.to(config.bandwidth(), runtime.clock()));
    }

    private Provider provider(SourceConfig config) {
        var watched = runtimeOf(config);
        return switch (config.provider()) {
            case HUAWEI_DCS -> new HuaweiDcs(huawei(config), watched);
            case HUAWEI_GES -> new HuaweiGes(huawei(config), watched);
            case TENCENT_CRS -> tencent(config, watched);
            case ALIYUN_OCEANBASE -> new AliyunOceanBase(oceanBase(config), watched);
        };
    }

    private ProviderRuntime runtimeOf(SourceConfig config) {
        var watched = runtime.watchedBy(observers.apply(config.name()));
        var rate = config.requestsPerSecond();
        return rate == null ? watched : watched.asking(new Rate(rate, rate));
    }

    private static Provider tencent(SourceConfig config, ProviderRuntime watched) {
        var settings = new TencentCrsSettings(
                config.name(),
                config.endpoint(),
                Objects.requireNonNull(config.region()),
                accessKey(config.credentials()),
                config.instances(),
                config.network(),
                config.retentionHint());
        return "v2".equals(config.api()) ? new TencentCrsV2(settings, watched) : new TencentCrs(settings, watched);
    }

    private static AliyunOceanBaseSettings oceanBase(SourceConfig config) {
        return new AliyunOceanBaseSettings(
                config.name(),
                config.endpoint(),
                config.region(),
                accessKey(config.credentials()),
                "rpc".equals(config.signature()) ? AliyunSignature.RPC : AliyunSignature.ACS3,
                config.instances(),
                config.network(),
                config.retentionHint());
    }

    private static HuaweiSettings huawei(SourceConfig config) {
        var project = config.projectId();
        return new HuaweiSettings(
                config.name(),
                config.endpoint(),
                project == null
                        ? new HuaweiProject.OfRegion(Objects.requireNonNull(config.region()))
                        : new HuaweiProject.Known(project),
                switch (config.credentials()) {
                    case Credentials.AccessKey key -> new HuaweiCredential.Signing(accessKey(key));
                    case Credentials.Password user ->
                        new IamUser(user.user(), user.password().reveal(), user.domain());
                },
                config.credentials().iamEndpoint(),
                config.instances(),
                config.retentionHint());
    }

    /** The configuration lets only Huawei's sources log in with a password. */
    private static AccessKey accessKey(Credentials credentials) {
        return switch (credentials) {
            case Credentials.AccessKey key -> {
                var token = key.sessionToken();
                yield token == null
                        ? AccessKey.permanent(key.accessKey(), key.secretKey().reveal())
                        : AccessKey.temporary(key.accessKey(), key.secretKey().reveal(), token.reveal());
            }
            case Credentials.Password password -> throw new IllegalStateException("not available: user and password");
        };
    }

    private static LinkTerms terms(LinkValidity validity) {
        return switch (validity) {
            case LinkValidity.Auto auto -> new LinkTerms.Fitted();
            case LinkValidity.Fixed fixed -> new LinkTerms.Fixed(fixed.duration());
        };
    }

    /**
     * Where links may point: the listed hosts. An endpoint over plain http is an address that the operator named, in a
     * network of their own; a store at that same host is as trusted as the endpoint.
     */
    private static TargetRules targets(SourceConfig config) {
        List<HostPattern> hosts = new ArrayList<>(config.allowHosts());
        if ("http".equals(config.endpoint().getScheme())) {
            hosts.add(new HostPattern(config.endpoint().getHost()));
        }
        return new TargetRules(hosts);
    }
}
