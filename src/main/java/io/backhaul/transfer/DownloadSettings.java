package io.backhaul.transfer;

import io.backhaul.config.Bandwidth;
import io.backhaul.config.Trust;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Downloader} behaves towards every store.
 *
 * @param connectTimeout for one connection to one address, TLS included
 * @param stallTimeout without a single byte for this long, a fetch ends as stalled
 * @param segments the most connections that one file may use at once
 * @param bandwidth of all fetches together; null for as fast as it goes
 * @param userAgent sent with every request; visible ASCII
 * @param connectionsPerHost the most streams to one store host, over all files
 * @param trust whose certificates are believed
 */
public record DownloadSettings(
        Duration connectTimeout,
        Duration stallTimeout,
        int segments,
        @Nullable Bandwidth bandwidth,
        String userAgent,
        int connectionsPerHost,
        Trust trust) {
    /** With the system's trust, and no bound for a host. */
    public DownloadSettings(
            Duration connectTimeout,
            Duration stallTimeout,
            int segments,
            @Nullable Bandwidth bandwidth,
            String userAgent) {
        this(connectTimeout, stallTimeout, segments, bandwidth, userAgent, Integer.MAX_VALUE, Trust.ofSystem());
    }

    public DownloadSettings {
        if (connectTimeout.toMillis() < 1 || stallTimeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "time-outs must be positive: connect=" + connectTimeout + " stall=" + stallTimeout);
        }
        if (segments < 1 || connectionsPerHost < 1) {
            throw new IllegalArgumentException(
                    "segments=" + segments + " connectionsPerHost=" + connectionsPerHost + ", want 1 up");
        }
        if (!userAgent.matches("[ -~]+")) {
            throw new IllegalArgumentException("not a user agent: \"" + userAgent + "\"");
        }
    }
}
