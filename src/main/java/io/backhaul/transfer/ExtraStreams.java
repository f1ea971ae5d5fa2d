package io.backhaul.transfer;

import java.util.concurrent.Semaphore;

/**
 * The streams that one file may have beyond its first: bounded over all files, for memory and for the store's patience
 * when many large ones come at once, and by what its host has room for. Safe for use by several threads.
 */
final class ExtraStreams {
    private final Semaphore ofAll;
    private final HostBounds hosts;
    private final String host;

    /**
     * One file's.
     *
     * @param ofAll what is left for all files
     * @param host where the file comes from
     */
    ExtraStreams(Semaphore ofAll, HostBounds hosts, String host) {
        this.ofAll = ofAll;
        this.hosts = hosts;
        this.host = host;
    }

    boolean take() {
        if (!ofAll.tryAcquire()) {
            return false;
        }
        if (!hosts.takeMore(host)) {
            ofAll.release();
            return false;
        }
        return true;
    }

    void giveBack() {
        hosts.giveBack(host);
        ofAll.release();
    }

    /** Tells whether another file waits for its first stream at this host. */
    boolean areWantedElsewhere() {
        return hosts.isWaitedFor(host);
    }
}
