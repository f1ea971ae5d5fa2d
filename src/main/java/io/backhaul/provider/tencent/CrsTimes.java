package io.backhaul.provider.tencent;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/**
 * The zone of Tencent's times, which carry none, and no document names it (tencent-aliyun.md 1.2, 10): GMT+8 is assumed
 * in China and Singapore. Elsewhere it is that of Tokyo and Seoul, the easternmost regions: whatever the truth is, a
 * deadline then comes early by hours, and never late.
 */
final class CrsTimes {
    static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final ZoneOffset EASTERNMOST = ZoneOffset.ofHours(9);

    /** Long and short words; {@code -fsi} ones are in their cities. */
    private static final Set<String> IN_CHINA_TIME = Set.of(
            "beijing",
            "chengdu",
            "chongqing",
            "guangzhou",
            "hongkong",
            "nanjing",
            "qingyuan",
            "shanghai",
            "shenzhen",
            "singapore",
            "taipei",
            "tianjin",
            "gz",
            "sh",
            "bj",
            "cd",
            "cq",
            "hk",
            "sg");

    private CrsTimes() {}

    static ZoneOffset zoneOf(String region) {
        var city = region.toLowerCase(Locale.ROOT).replaceFirst("^ap-", "").replaceFirst("-.*$", "");
        return IN_CHINA_TIME.contains(city) ? CHINA : EASTERNMOST;
    }

    static String format(Instant instant, ZoneOffset zone) {
        return FORMAT.withZone(zone).format(instant);
    }
}
