package io.backhaul.provider;

import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Expiry;
import io.backhaul.backup.Grant;
import io.backhaul.backup.OfferedFile;
import io.backhaul.backup.SignedUrl;
import io.backhaul.config.Network;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Refused;
import io.backhaul.provider.Setback.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The links of an answer as a grant: all of a backup's files on the wanted network, or none. */
public final class NetworkLinks {
    /**
     * One file with a link for each network. The inner one is not told by its host: COS has one name for both
     * (tencent-aliyun.md 2.2).
     *
     * @param name empty when the provider gave none
     * @param publicLink empty when there is none
     * @param innerLink empty when there is none
     */
    public record Offer(String name, @Nullable ByteCount size, String publicLink, String innerLink) {
        /** The link for a network; empty when there is none. */
        public String on(Network network) {
            return switch (network) {
                case PUBLIC -> publicLink;
                case INTERNAL -> innerLink;
            };
        }

        /** Tells whether there is no link at all. */
        public boolean isEmpty() {
            return publicLink.isEmpty() && innerLink.isEmpty();
        }
    }

    private final Network network;

    /** @param network which of two links to take */
    public NetworkLinks(Network network) {
        this.network = network;
    }

    /**
     * The offered files with their links on our network.
     *
     * @param expiry when a link dies
     */
    public LinksOutcome grant(List<Offer> offers, String asked, Instant issuedAt, Function<SignedUrl, Expiry> expiry) {
        if (offers.stream().allMatch(Offer::isEmpty)) {
            return new Busy(asked + ": no links yet");
        }
        Function<Offer, String> wanted = offer -> offer.on(network);
        var missing = offers.stream().map(wanted).filter(String::isEmpty).count();
        if (missing == offers.size()) {
            return new Refused(
                    asked + ": no link on the " + word(network) + " network",
                    Advice.noLinkOn(word(network), word(other())));
        }
        if (missing > 0) {
            return new Unavailable(asked + ": " + missing + " of " + offers.size() + " files have no link on the "
                    + word(network) + " network");
        }
        return granted(offers, asked, issuedAt, expiry);
    }

    private LinksOutcome granted(
            List<Offer> offers, String asked, Instant issuedAt, Function<SignedUrl, Expiry> expiry) {
        var files = new ArrayList<OfferedFile>();
        for (var offer : offers) {
            try {
                // The exception's text does not repeat the link.
                var url = SignedUrl.of(offer.on(network));
                var name = offer.name().isEmpty() ? lastSegment(url) : offer.name();
                files.add(new OfferedFile(name, url, expiry.apply(url), offer.size()));
            } catch (IllegalArgumentException e) {
                return new Unavailable(
                        asked + ": " + e.getMessage() + ", number " + (files.size() + 1) + " of " + offers.size());
            }
        }
        return new LinksOutcome.Granted(new Grant(files, issuedAt));
    }

    private Network other() {
        return network == Network.PUBLIC ? Network.INTERNAL : Network.PUBLIC;
    }

    private static String word(Network network) {
        return network.name().toLowerCase(Locale.ROOT);
    }

    private static String lastSegment(SignedUrl url) {
        var shown = url.withoutQuery();
        return shown.substring(shown.lastIndexOf('/') + 1);
    }
}
