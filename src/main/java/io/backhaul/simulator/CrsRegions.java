package io.backhaul.simulator;

import java.util.Set;

/**
 * The regions of Tencent's Redis (tencent-aliyun.md 5). Another one than the account's is no mistake that the API could
 * tell: each call sees one region, and there nothing is.
 */
final class CrsRegions {
    private static final Set<String> KNOWN = Set.of(
            "ap-bangkok",
            "ap-beijing",
            "ap-chengdu",
            "ap-chongqing",
            "ap-guangzhou",
            "ap-hongkong",
            "ap-jakarta",
            "ap-mumbai",
            "ap-nanjing",
            "ap-seoul",
            "ap-shanghai",
            "ap-shanghai-fsi",
            "ap-shenzhen-fsi",
            "ap-singapore",
            "ap-tokyo",
            "eu-frankfurt",
            "eu-moscow",
            "na-ashburn",
            "na-siliconvalley",
            "na-toronto",
            "sa-saopaulo");

    private static final Set<String> SHORT =
            Set.of("gz", "sh", "bj", "cd", "cq", "hk", "sg", "th", "kr", "jp", "de", "usw", "use");

    private CrsRegions() {}

    /** As API 2018-04-12 writes them. */
    static boolean isKnown(String region) {
        return KNOWN.contains(region);
    }

    /** As v2 writes them: short ones of its own, and the newer ones. */
    static boolean isKnownToV2(String region) {
        return KNOWN.contains(region) || SHORT.contains(region);
    }
}
