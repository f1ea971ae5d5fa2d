package io.backhaul.simulator;

/** Knows a store's links: which of them are any good. Any thread may call. */
interface LinkJudge {
    LinkVerdict judge(WireRequest request);

    /** Kills the link of this request. */
    void revoke(WireRequest request);
}
