package io.backhaul.simulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the links of download tasks, and knows those that a task has once and for all. Any thread may call. */
final class OceanBaseGrants {
    private static final Duration LINK_LIFE = Duration.ofHours(1);

    private final CloudSettings settings;
    private final OssLinks links;
    private final Clock clock;
    private final Journal journal;
    private final Supplier<URI> storeEndpoint;
    private final Map<Long, Map<String, Issued>> lasting = new HashMap<>();

    OceanBaseGrants(CloudSettings settings, OssLinks links, Clock clock, Journal journal, Supplier<URI> storeEndpoint) {
        this.settings = settings;
        this.links = links;
        this.clock = clock;
        this.journal = journal;
        this.storeEndpoint = storeEndpoint;
    }

    /** A link without its scheme and host, and when it dies. */
    private record Issued(String target, Instant dies) {}

    /** A link as it is shown. */
    record Shown(String url, Instant dies, Duration life) {}

    synchronized Shown show(OceanBaseTask task, StoredObject object, OceanBaseForms forms, Optional<FaultOrder> order) {
        var life = settings.linkLife().apply(LINK_LIFE);
        var issued = forms.renewal() == OceanBaseForms.Renewal.AT_EACH_LOOK
                ? issue(object, life, forms, order)
                : lasting.computeIfAbsent(task.id(), id -> new HashMap<>())
                        .computeIfAbsent(object.path(), path -> issue(object, life, forms, order));
        return new Shown(storeEndpoint.get() + issued.target, issued.dies, life);
    }

    /** Whether a task has links, and they are dead for good. */
    synchronized boolean isSpent(OceanBaseTask task) {
        return lasting.getOrDefault(task.id(), Map.of()).values().stream()
                .anyMatch(issued -> !links.isAlive(issued.target));
    }

    private Issued issue(StoredObject object, Duration life, OceanBaseForms forms, Optional<FaultOrder> order) {
        journal.linkIssued();
        var isOpaque = GrantFaults.strikes(Fault.LINKS_OPAQUE, order);
        var target = isOpaque ? links.opaque(object, life) : links.sign(object, life, forms.signing());
        return new Issued(target, clock.instant().plus(life));
    }
}
