package io.backhaul.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Links as Huawei's APIs hand them out, path-style into our store, and the faults that grants have. */
final class LinkIssuer {
    private final Links links;
    private final Journal journal;
    private final Supplier<URI> storeEndpoint;

    LinkIssuer(Links links, Journal journal, Supplier<URI> storeEndpoint) {
        this.links = links;
        this.journal = journal;
        this.storeEndpoint = storeEndpoint;
    }

    /** A new link of an object. */
    String issue(StoredObject object, Duration life, Optional<FaultOrder> order) {
        var isOpaque = GrantFaults.strikes(Fault.LINKS_OPAQUE, order);
        var store = storeEndpoint.get();
        journal.linkIssued();
        return store + (isOpaque ? links.opaque(object, life) : links.sign(object, life, store.getAuthority()));
    }
}
