package io.backhaul.config;

import java.util.Locale;

/** The clouds and products that Backhaul speaks to. */
public enum ProviderKind {
    HUAWEI_DCS,
    HUAWEI_GES,
    TENCENT_CRS,
    ALIYUN_OCEANBASE;

    /** As it is written in the config: {@code huawei-dcs} … */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
