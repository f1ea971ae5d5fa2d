package io.backhaul.provider;

import io.backhaul.backup.Expiry;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.SignedUrl;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a link dies: what its own query says, for every family of links that the clouds issue (huawei.md 2.3,
 * tencent-aliyun.md 2.4), else issue time plus validity. A query that says nonsense is not believed.
 */
public final class LinkExpiry {
    /** Object stores sign for seven days at most; what lies further from the issue time is no expiry. */
    private static final Duration BELIEVED = Duration.ofDays(8);

    /** Only next to a key's name: a parameter that happens to be called Expires proves nothing. */
    private static final Set<String> KEY_NAMES = Set.of("awsaccesskeyid", "accesskeyid", "ossaccesskeyid");

    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    private LinkExpiry() {}

    /**
     * The expiry of a link, in the provider's time.
     *
     * @param issuedAt when the link was issued, in the provider's time
     * @param validity what was asked for or is documented
     */
    public static Expiry of(SignedUrl link, Instant issuedAt, Duration validity) {
        return ofUrl(link, issuedAt).orElseGet(() -> new Expiry(issuedAt.plus(validity), Origin.POLICY));
    }

    /** What the link's own query says; nothing when it says none, or nonsense. */
    public static Optional<Expiry> ofUrl(SignedUrl link, Instant issuedAt) {
        return stated(link)
                .filter(at -> Duration.between(issuedAt, at).abs().compareTo(BELIEVED) <= 0)
                .map(at -> new Expiry(at, Origin.URL));
    }

    /** What the link's own query says, believable or not: a link that was kept for weeks is long dead. */
    public static Optional<Instant> stated(SignedUrl link) {
        var query = parameters(link.rawQuery());
        return epochSeconds(query)
                .or(() -> dateAndLife(query, "x-amz-date", "x-amz-expires"))
                .or(() -> dateAndLife(query, "x-oss-date", "x-oss-expires"))
                .or(() -> signTime(query));
    }

    /** OBS and AWS V2, OBS native, OSS V1. */
    private static Optional<Instant> epochSeconds(Map<String, String> query) {
        return KEY_NAMES.stream().anyMatch(query::containsKey)
                ? seconds(query.get("expires")).map(Instant::ofEpochSecond)
                : Optional.empty();
    }

    /** AWS V4 and OSS V4. */
    private static Optional<Instant> dateAndLife(Map<String, String> query, String date, String life) {
        return compactTime(query.get(date))
                .flatMap(from -> seconds(query.get(life)).map(from::plusSeconds));
    }

    /** COS: start and end, plain or inside one sign parameter. */
    private static Optional<Instant> signTime(Map<String, String> query) {
        var packed = parameters(query.getOrDefault("sign", ""));
        var window = query.getOrDefault("q-sign-time", packed.getOrDefault("q-sign-time", ""));
        return seconds(window.substring(window.indexOf(';') + 1)).map(Instant::ofEpochSecond);
    }

    private static Optional<Instant> compactTime(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .map(given -> LocalDateTime.parse(given, COMPACT).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> seconds(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(given -> given.matches("\\d{1,11}"))
                .map(Long::parseLong);
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new HashMap<String, String>();
        for (var pair : query.split("&", -1)) {
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.putIfAbsent(
                    PercentEncoding.decode(name).toLowerCase(Locale.ROOT), PercentEncoding.decode(value));
        }
        return parameters;
    }
}
