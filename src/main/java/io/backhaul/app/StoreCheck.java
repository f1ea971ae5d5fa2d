package io.backhaul.app;

import io.backhaul.app.Finding.Area;
import io.backhaul.app.Finding.Remedy;
import io.backhaul.app.StoreReach.Failed;
import io.backhaul.app.StoreReach.NoTls;
import io.backhaul.app.StoreReach.Reached;
import io.backhaul.backup.SignedUrl;
import io.backhaul.config.HostPattern;
import io.backhaul.config.SourceConfig;
import io.backhaul.config.Trust;
import io.backhaul.transfer.TargetRules;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tries the way to the stores: those of links that were just given, else those that {@code allow-hosts} names without a
 * star. Connects and fetches nothing, so that no link is used up.
 */
final class StoreCheck {
    private final StoreReach reach;

    StoreCheck(Trust trust) {
        this.reach = new StoreReach(trust);
    }

    /** One finding for each store, none where none is known. */
    List<Finding> examine(String place, SourceConfig config, List<SignedUrl> links, TargetRules targets) {
        if (links.isEmpty()) {
            return config.allowHosts().stream()
                    .filter(HostPattern::namesHostExactly)
                    .map(pattern -> named(place, config, pattern))
                    .toList();
        }
        var stores = links.stream()
                .map(link -> URI.create(link.withoutQuery()))
                .map(link -> URI.create(link.getScheme() + "://" + link.getRawAuthority()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return stores.stream()
                .map(store -> linked(place, config, store, targets))
                .toList();
    }

    private Finding linked(String place, SourceConfig config, URI store, TargetRules targets) {
        var refusal = targets.refusal(store);
        if (refusal.isPresent()) {
            return Finding.failed(
                    Area.STORE,
                    config.name().value(),
                    "links lead where the source may not go: " + refusal.get(),
                    allowHosts(place, "if it is the provider's store, add it to " + place + "allow-hosts"));
        }
        return switch (reach.of(store)) {
            case Reached reached ->
                reached.isPublic() || isNamed(store, targets)
                        ? Finding.ok(Area.STORE, config.name().value(), told(store, reached))
                        : Finding.failed(
                                Area.STORE,
                                config.name().value(),
                                store.getHost() + " resolves to an address that is not public",
                                allowHosts(
                                        place, "if that network is meant, name the host in " + place + "allow-hosts"));
            case NoTls noTls ->
                Finding.failed(Area.STORE, config.name().value(), notReached(store, noTls.why()), opened(place, store));
            case Failed failed ->
                Finding.failed(
                        Area.STORE, config.name().value(), notReached(store, failed.why()), opened(place, store));
        };
    }

    /** A name alone does not say how links will lead there: with its port it may be meant for plain http. */
    private Finding named(String place, SourceConfig config, HostPattern pattern) {
        var subject = config.name().value();
        var store = URI.create(scheme(config) + "://" + pattern);
        return switch (reach.of(store)) {
            case Reached reached -> Finding.ok(Area.STORE, subject, told(store, reached));
            case NoTls noTls ->
                pattern.namesPort()
                        ? Finding.ok(Area.STORE, subject, told(store, noTls.plain()) + "; speaks no TLS")
                        : Finding.warning(Area.STORE, subject, notReached(store, noTls.why()), opened(place, store));
            case Failed failed ->
                Finding.warning(Area.STORE, subject, notReached(store, failed.why()), opened(place, store));
        };
    }

    /** Links of Tencent's old API are plain http. */
    private static String scheme(SourceConfig config) {
        return "v2".equals(config.api()) ? "http" : "https";
    }

    private static boolean isNamed(URI store, TargetRules targets) {
        return targets.patterns().stream().anyMatch(pattern -> pattern.names(store.getHost()));
    }

    private static String told(URI store, Reached reached) {
        var tls = reached.tls() == null ? "" : ", TLS " + reached.tls().toMillis() + " ms";
        return store.getRawAuthority() + " reached: name " + reached.name().toMillis() + " ms, connection "
                + reached.connection().toMillis() + " ms" + tls;
    }

    private static String notReached(URI store, String why) {
        return store.getRawAuthority() + " not reached: " + why;
    }

    private static Remedy allowHosts(String place, String how) {
        return new Remedy("store-not-allowed", "operator", how, List.of(place + "allow-hosts"));
    }

    private static Remedy opened(String place, URI store) {
        return new Remedy(
                "store-unreachable",
                "network team",
                "open " + store.getRawAuthority() + " for this machine",
                List.of(place + "allow-hosts"));
    }
}
