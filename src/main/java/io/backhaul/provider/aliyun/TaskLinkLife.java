package io.backhaul.provider.aliyun;

import io.backhaul.backup.Expiry;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.SignedUrl;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LinkExpiry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When the links of a task die (tencent-aliyun.md 2.3). A task keeps its links, so they may be old, and dead: the link's
 * own word comes first, past or future; then the earlier of issue time plus UrlAliveTime and UrlExpiredTime. The latter
 * has no zone: {@link OceanBaseTimes} reads it early, so where it lies in the past while UrlAliveTime says otherwise, it
 * says nothing.
 *
 * @param alive from now on, by the answer; null when it does not say
 * @param until by the answer, read early; null when it does not say
 */
record TaskLinkLife(
        Instant issuedAt,
        @Nullable Duration alive,
        @Nullable Instant until) {
    /** The documents' sample, should nothing say anything. */
    private static final Duration USUAL = Duration.ofHours(1);
    /** Object stores sign for seven days at most. */
    private static final Duration LONGEST = Duration.ofDays(8);

    /** @param zone of times without one */
    static TaskLinkLife of(Fields task, ZoneOffset zone, Instant issuedAt) {
        var seconds = task.number("UrlAliveTime").orElse(0);
        var alive = seconds > 0 && seconds <= LONGEST.toSeconds() ? Duration.ofSeconds(seconds) : null;
        return new TaskLinkLife(
                issuedAt, alive, task.time("UrlExpiredTime", zone).orElse(null));
    }

    /** The end of one link. */
    Expiry expiry(SignedUrl link) {
        return LinkExpiry.stated(link)
                .filter(at -> !at.isAfter(issuedAt))
                .map(past -> new Expiry(past, Origin.URL))
                .or(() -> LinkExpiry.ofUrl(link, issuedAt))
                .or(this::byAnswer)
                .orElseGet(() -> new Expiry(issuedAt.plus(USUAL), Origin.POLICY));
    }

    private Optional<Expiry> byAnswer() {
        var ahead = Stream.of(Optional.ofNullable(alive).map(issuedAt::plus), Optional.ofNullable(until))
                .flatMap(Optional::stream)
                .filter(issuedAt::isBefore)
                .min(Instant::compareTo);
        return ahead.or(() -> Optional.ofNullable(until)).map(at -> new Expiry(at, Origin.API));
    }
}
