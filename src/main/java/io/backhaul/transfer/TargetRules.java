package io.backhaul.transfer;

import io.backhaul.config.HostPattern;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a link or a redirect may lead: a provider's answer is untrusted and must not make the daemon read from the
 * network it stands in.
 *
 * <p>A host must match a pattern. Plain http, unusual ports, and addresses that are not public (loopback, private,
 * link-local, shared, multicast and the like, also when a name resolves to them), are only for hosts that a pattern
 * names exactly.
 */
public record TargetRules(List<HostPattern> patterns) {
    public TargetRules {
        patterns = List.copyOf(patterns);
    }

    /** Why a request may not go to this address, without its path and query; empty when it may. */
    public Optional<String> refusal(URI target) {
        var scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        if (target.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            return Optional.of("not an http(s) address");
        }
        if (target.getRawUserInfo() != null) {
            return Optional.of("the address carries a user name");
        }
        var host = target.getHost().toLowerCase(Locale.ROOT);
        var schemePort = scheme.equals("https") ? 443 : 80;
        var port = target.getPort() < 0 ? schemePort : target.getPort();
        var fitting = patterns.stream()
                .filter(pattern -> pattern.matches(host, port))
                .filter(pattern -> pattern.namesHostExactly() || pattern.namesPort() || port == schemePort)
                .toList();
        if (fitting.isEmpty()) {
            return Optional.of("host not allowed: " + host + ":" + port);
        }
        if (scheme.equals("http") && fitting.stream().noneMatch(HostPattern::namesHostExactly)) {
            return Optional.of("plain http is only for hosts that are named exactly: " + host + ":" + port);
        }
        return Optional.empty();
    }

    /** Tells whether a connection for this host may go to this address. */
    boolean admits(String host, InetAddress address) {
        return Addresses.isPublic(address) || patterns.stream().anyMatch(pattern -> pattern.names(host));
    }
}
