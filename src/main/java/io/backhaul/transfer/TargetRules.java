package io.backhaul.transfer;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a link or a redirect may lead: a provider's answer is untrusted and must not make the daemon read from the
 * network it stands in.
 *
 * <p>A host must match a pattern. Plain http, and addresses that are not public (loopback, private, link-local,
 * shared, multicast and the like, also when a name resolves to them), are only for hosts that a pattern names exactly.
 */
public record TargetRules(List<Pattern> patterns) {
    public TargetRules {
        patterns = List.copyOf(patterns);
    }

    /**
     * One allowed host.
     *
     * @param reach whether the host itself is meant, or all names below it
     * @param host lower case; an IPv6 address in brackets
     * @param port the only port, or -1 for the scheme's own
     */
    public record Pattern(Reach reach, String host, int port) {
        private static final java.util.regex.Pattern TEXT = java.util.regex.Pattern.compile(
                "(\\*\\.)?([a-z0-9]([a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+])(?::(\\d{1,5}))?");

        /** What a pattern's host stands for. */
        public enum Reach {
            EXACT,
            BELOW
        }

        public Pattern {
            if (port == 0 || port < -1 || port > 65535) {
                throw new IllegalArgumentException("no such port: " + port);
            }
            if (reach == Reach.BELOW && !host.matches(".*[a-z].*\\..*|.*\\..*[a-z].*")) {
                throw new IllegalArgumentException("too wide: \"*." + host + "\" (name at least two labels)");
            }
        }

        /**
         * Reads {@code host}, {@code host:port} or {@code *.suffix}, the last also with a port.
         *
         * @throws IllegalArgumentException when it is neither, or a wildcard over a whole top-level domain
         */
        public static Pattern parse(String text) {
            var matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not a host pattern: \"" + text
                        + "\" (write host, host:port or *.suffix, without a scheme or a path)");
            }
            var reach = matcher.group(1) == null ? Reach.EXACT : Reach.BELOW;
            var port = matcher.group(4) == null ? -1 : Integer.parseInt(matcher.group(4));
            return new Pattern(reach, Objects.requireNonNull(matcher.group(2)), port);
        }

        boolean matches(String candidate, int candidatePort, int schemePort) {
            var portFits = candidatePort == (port < 0 ? schemePort : port);
            return portFits && (reach == Reach.EXACT ? candidate.equals(host) : candidate.endsWith("." + host));
        }
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
                .filter(pattern -> pattern.matches(host, port, schemePort))
                .toList();
        if (fitting.isEmpty()) {
            return Optional.of("host not allowed: " + host + ":" + port);
        }
        if (scheme.equals("http") && fitting.stream().noneMatch(pattern -> pattern.reach() == Pattern.Reach.EXACT)) {
            return Optional.of("plain http is only for hosts that are named exactly: " + host + ":" + port);
        }
        return Optional.empty();
    }

    /** Tells whether a connection for this host may go to this address. */
    boolean admits(String host, InetAddress address) {
        return Addresses.isPublic(address) || names(host);
    }

    private boolean names(String host) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.reach() == Pattern.Reach.EXACT
                        && pattern.host().equalsIgnoreCase(host.contains(":") ? "[" + host + "]" : host));
    }
}
