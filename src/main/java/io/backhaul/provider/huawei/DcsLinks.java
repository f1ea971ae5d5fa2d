package io.backhaul.provider.huawei;

import io.backhaul.provider.Fields;
import io.backhaul.provider.LinkExpiry;
import io.backhaul.provider.LinksOutcome;
import java.time.Duration;
import java.time.Instant;

/** The answer of DCS's links call (huawei.md 2.1): neither sizes nor expiries, so the link itself must tell. */
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
        return new HuaweiLinks("links", "file_name", "link", (file, link) -> LinkExpiry.of(link, issuedAt, validity))
                .read(answer, asked, issuedAt);
    }
}
