package io.backhaul.app;

import io.backhaul.app.Finding.Area;
import io.backhaul.app.Finding.Remedy;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.SignedUrl;
import io.backhaul.config.SourceConfig;
import io.backhaul.provider.Advice;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.Provider;
import io.backhaul.provider.Setback;
import io.backhaul.provider.Setback.Denied;
import io.backhaul.transfer.TargetRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries sources as the daemon uses them: instances, the backups of one, links for one. A credential that was refused for
 * one source rests, so that the next source with it is not tried: the provider would lock it.
 */
final class SourceCheck {
    /** Signatures are refused at five minutes by one cloud; somebody should look long before. */
    private static final Duration WORRYING_OFFSET = Duration.ofMinutes(1);

    private static final Duration LINK_LIFE = Duration.ofMinutes(5);

    /** What tells one refusal from another: who still rests after it gets the same again. */
    private record Refusal(String reason, Instant probeAt) {}

    private final Map<Refusal, String> refused = new HashMap<>();
    private final StoreCheck stores;

    SourceCheck(StoreCheck stores) {
        this.stores = stores;
    }

    /**
     * Tries one source.
     *
     * @param index of the source in the configuration
     * @param targets where its links may lead
     */
    List<Finding> examine(int index, SourceConfig config, Provider provider, TargetRules targets) {
        var findings = new ArrayList<Finding>();
        var place = "sources[" + index + "].";
        var links = new ArrayList<SignedUrl>();
        findings.add(asked(place, config, provider, links));
        var offset = provider.clockOffset();
        // Nobody has answered with a date: nothing is known of the clock.
        if (!offset.isZero()) {
            findings.add(clock(config.name().value(), offset));
        }
        findings.addAll(stores.examine(place, config, links, targets));
        return findings;
    }

    /** @param links takes those that were given */
    private Finding asked(String place, SourceConfig config, Provider provider, List<SignedUrl> links) {
        return switch (provider.instances()) {
            case Setback setback -> failed(place, config, setback);
            case InstancesOutcome.Listed listed -> {
                var missing = config.instances().missingFrom(listed.instances());
                if (listed.coverage() instanceof Coverage.Partial partial) {
                    yield failed(place, config, partial.why());
                }
                if (!missing.isEmpty()) {
                    var ids = missing.stream().map(InstanceId::value).toList();
                    var advice = listed.instances().isEmpty()
                            ? Advice.onlyMissingInstances(ids)
                            : Advice.missingInstances(ids);
                    yield failed(place, config, advice, "");
                }
                yield listed.instances().isEmpty()
                        ? failed(place, config, Advice.noInstances(whereInstancesAre(config)), "")
                        : backups(place, config, provider, listed.instances(), links);
            }
        };
    }

    private Finding backups(
            String place, SourceConfig config, Provider provider, List<Instance> instances, List<SignedUrl> links) {
        var first = instances.getFirst();
        return switch (provider.backups(first)) {
            case Setback.Busy busy -> ok(config, instances, "");
            case Setback.Gone gone -> ok(config, instances, "");
            case Setback setback -> failed(place, config, setback);
            case BackupsOutcome.Listed listed -> {
                var found = ", backups of the first " + listed.backups().size();
                var newest = listed.backups().stream()
                        .filter(backup -> backup.readiness() == ListedBackup.Readiness.READY)
                        .findFirst()
                        .filter(backup -> provider.givesLinksFreely());
                yield newest.flatMap(backup -> refusalOfLinks(provider, first, backup, links))
                        .map(setback -> failed(place, config, setback))
                        .orElseGet(() -> ok(config, instances, newest.isEmpty() ? found : found + ", links given"));
            }
        };
    }

    /** A backup that is in another flow, or vanishes just now, is nobody's fault. */
    private static Optional<Setback> refusalOfLinks(
            Provider provider, Instance instance, ListedBackup backup, List<SignedUrl> links) {
        return switch (provider.links(instance.id(), backup.id(), LINK_LIFE)) {
            case LinksOutcome.Granted granted -> {
                granted.grant().files().forEach(file -> links.add(file.link()));
                yield Optional.empty();
            }
            case LinksOutcome.Preparing preparing -> Optional.empty();
            case Setback.Busy busy -> Optional.empty();
            case Setback.Gone gone -> Optional.empty();
            case Setback setback -> Optional.of(setback);
        };
    }

    private static Finding ok(SourceConfig config, List<Instance> instances, String more) {
        return Finding.ok(Area.PROVIDER, config.name().value(), "instances " + instances.size() + more);
    }

    private Finding failed(String place, SourceConfig config, Setback setback) {
        var name = config.name().value();
        var before = setback instanceof Denied denied
                ? refused.putIfAbsent(new Refusal(denied.reason(), denied.probeAt()), name)
                : null;
        return before == null
                ? failed(place, config, setback.advice(), setback.reason())
                : Finding.failed(
                        Area.PROVIDER,
                        name,
                        "not tried: its credential was refused for " + before,
                        new Remedy("not-tried", "operator", "mend " + before + " first", List.of()));
    }

    private static Finding failed(String place, SourceConfig config, Advice advice, String said) {
        return Finding.failed(Area.PROVIDER, config.name().value(), advice.at(place), said);
    }

    private static List<String> whereInstancesAre(SourceConfig config) {
        return switch (config.provider()) {
            case HUAWEI_DCS, HUAWEI_GES -> List.of(config.projectId() == null ? "region" : "project-id", "endpoint");
            case TENCENT_CRS -> List.of("region", "endpoint");
            // Its region is that of the endpoint, whatever is written.
            case ALIYUN_OCEANBASE -> List.of("endpoint");
        };
    }

    private static Finding clock(String source, Duration offset) {
        return offset.abs().compareTo(WORRYING_OFFSET) < 0
                ? Finding.ok(Area.CLOCK, source, "the provider's time minus ours is " + offset.toMillis() + " ms")
                : Finding.failed(Area.CLOCK, source, Advice.clock(offset), "");
    }
}
