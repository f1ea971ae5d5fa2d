package io.backhaul.provider.aliyun;

import java.net.URI;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The zone of those of the product's times that carry none, beside others that end in Z; no document names it
 * (tencent-aliyun.md 1.3, 2.3, 10). In China GMT+8 is assumed, elsewhere that of Tokyo and Seoul, the easternmost of
 * Alibaba's regions: whether the truth is the region's time or UTC, a deadline then comes early by hours, and never late.
 */
final class OceanBaseTimes {
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final ZoneOffset EASTERNMOST = ZoneOffset.ofHours(9);
    private static final Pattern HOST = Pattern.compile("oceanbasepro(?:-vpc)?\\.([a-z0-9-]+)\\.aliyuncs\\.com");

    private OceanBaseTimes() {}

    /** @param region null where the endpoint says it */
    static ZoneOffset zone(@Nullable String region, URI endpoint) {
        return Optional.ofNullable(region)
                .or(() -> regionIn(endpoint))
                .filter(one -> one.toLowerCase(Locale.ROOT).startsWith("cn-"))
                .map(one -> CHINA)
                .orElse(EASTERNMOST);
    }

    private static Optional<String> regionIn(URI endpoint) {
        var host = HOST.matcher(String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT));
        return host.matches() ? Optional.of(host.group(1)) : Optional.empty();
    }
}
