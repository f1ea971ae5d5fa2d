package io.backhaul.transfer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * Resolves names to those addresses that the rules admit, at the moment of connecting: what a name meant when a link
 * was checked may have changed since.
 */
record GuardedDns(TargetRules rules, Dns resolver) implements Dns {
    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        var all = resolver.lookup(hostname);
        var admitted =
                all.stream().filter(address -> rules.admits(hostname, address)).toList();
        if (admitted.isEmpty() && !all.isEmpty()) {
            throw new Refused(hostname);
        }
        return admitted;
    }

    /** A name that leads only to addresses where the source may not go. */
    static final class Refused extends UnknownHostException {
        Refused(String host) {
            super(host + " resolves only to addresses that are not public");
        }
    }
}
