package io.backhaul.config;

import org.jspecify.annotations.Nullable;

/**
 * Where metrics, health and the status page listen.
 *
 * @param host without brackets, also for IPv6
 * @param port 0 lets the system choose
 * @param token bearer token of calls that act, of which there are none yet; null where none is given
 */
public record AdminConfig(String host, int port, @Nullable Secret token) {
    public AdminConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }
}
