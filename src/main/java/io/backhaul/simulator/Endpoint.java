package io.backhaul.simulator;

/** One of the services behind the simulator's port: a provider's API, or the object store. */
interface Endpoint {
    boolean isMeant(WireRequest request);

    Reply reply(WireRequest request);
}
