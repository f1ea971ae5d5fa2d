package io.backhaul.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Hosts that links may point to: {@code *.myhuaweicloud.com} for every name below a domain, or one host by name, IPv4
 * address or bracketed IPv6 address, with {@code :port} to allow that port only.
 *
 * @param text as written, in lower case
 */
public record HostPattern(String text) {
    /** A wildcard needs two labels after it, so that no whole top-level domain can be let in. */
    static final String SHAPE =
            "(\\*(\\.[A-Za-z0-9-]+){2,}|[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|\\[[0-9A-Fa-f:.]+\\])" + "(:[0-9]{1,5})?";

    private static final Pattern VALID = Pattern.compile(SHAPE);
    private static final Pattern NUMERIC_END = Pattern.compile("^\\*.*\\.[0-9]+(:[0-9]+)?$");

    /** @throws IllegalArgumentException when it is no host, or too wide */
    public HostPattern {
        if (!VALID.matcher(text).matches()) {
            throw new IllegalArgumentException("not a host pattern: \"" + text + "\"");
        }
        if (NUMERIC_END.matcher(text).find()) {
            // it would match addresses, which no name server is asked for
            throw new IllegalArgumentException("a wildcard is for names, not for addresses: \"" + text + "\"");
        }
        if (port(text) > 65_535) {
            throw new IllegalArgumentException("no such port: \"" + text + "\"");
        }
        text = text.toLowerCase(Locale.ROOT);
    }

    /** Tells whether a link may go to this host and port; without a port in the pattern every port will do. */
    public boolean matches(String host, int port) {
        return hostMatches(bare(host.toLowerCase(Locale.ROOT))) && (port(text) < 0 || port(text) == port);
    }

    /** Tells whether the operator named the very host, so that http and private addresses are meant. */
    public boolean namesHostExactly() {
        return !text.startsWith("*");
    }

    /** Tells whether it is this very host that the operator named, whatever the port. */
    public boolean names(String host) {
        return namesHostExactly() && hostMatches(bare(host.toLowerCase(Locale.ROOT)));
    }

    /** Tells whether the operator named the port too. */
    public boolean namesPort() {
        return port(text) >= 0;
    }

    private boolean hostMatches(String host) {
        return namesHostExactly()
                ? host.equals(bare(hostPart()))
                : host.endsWith(hostPart().substring(1));
    }

    private String hostPart() {
        return portColon(text) < 0 ? text : text.substring(0, portColon(text));
    }

    /** The port; below zero without one. */
    private static int port(String text) {
        return portColon(text) < 0 ? -1 : Integer.parseInt(text.substring(portColon(text) + 1));
    }

    private static int portColon(String text) {
        var colon = text.lastIndexOf(':');
        return colon > text.lastIndexOf(']') ? colon : -1;
    }

    /** URI and sockets disagree on brackets around IPv6, and a trailing dot changes no host. */
    private static String bare(String host) {
        var open = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return open.endsWith(".") ? open.substring(0, open.length() - 1) : open;
    }

    @Override
    public String toString() {
        return text;
    }
}
