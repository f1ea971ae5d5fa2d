package io.backhaul.provider.huawei;

import io.backhaul.backup.Grant;
import io.backhaul.backup.OfferedFile;
import io.backhaul.backup.SignedUrl;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LinkExpiry;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The answer of the links call as a grant (huawei.md 2.1): all of its links, or none. */
final class DcsLinks {
    /** An answer holds no more; what happens to a backup of more files is not documented. */
    static final int MOST_LINKS = 64;

    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(1);

    private DcsLinks() {}

    /** The validity as DCS takes it: whole seconds, five minutes to a day. */
    static Duration fitted(Duration validity) {
        if (validity.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return validity.compareTo(LONGEST) > 0 ? LONGEST : Duration.ofSeconds(validity.toSeconds());
    }

    static LinksOutcome read(Fields answer, String asked, Instant issuedAt, Duration validity) {
        var links = answer.list("links");
        if (links.isEmpty()) {
            return new Unavailable(asked + ": the answer has no list of links");
        }
        if (links.get().isEmpty()) {
            return new Busy(asked + ": no links yet");
        }
        return granted(links.get(), asked, issuedAt, validity);
    }

    private static LinksOutcome granted(List<Fields> links, String asked, Instant issuedAt, Duration validity) {
        var files = new ArrayList<OfferedFile>();
        for (var link : links) {
            try {
                // A missing one is no URL either. The exception's text does not repeat the link.
                var url = SignedUrl.of(link.text("link").orElse(""));
                var name = link.text("file_name").orElseGet(() -> lastSegment(url));
                files.add(new OfferedFile(name, url, LinkExpiry.of(url, issuedAt, validity), null));
            } catch (IllegalArgumentException e) {
                return new Unavailable(
                        asked + ": " + e.getMessage() + ", number " + (files.size() + 1) + " of " + links.size());
            }
        }
        return new LinksOutcome.Granted(new Grant(files, issuedAt));
    }

    private static String lastSegment(SignedUrl url) {
        var shown = url.withoutQuery();
        return shown.substring(shown.lastIndexOf('/') + 1);
    }
}
