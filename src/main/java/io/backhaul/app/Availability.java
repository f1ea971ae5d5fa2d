package io.backhaul.app;

import io.backhaul.config.ArchiveConfig;
import io.backhaul.config.BackhaulConfig;
import io.backhaul.config.Fault;
import io.backhaul.config.ProviderKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the configuration can say and this version cannot do yet: found at the start, not at the first backup. */
public final class Availability {
    private static final List<ProviderKind> SUPPORTED =
            List.of(ProviderKind.HUAWEI_DCS, ProviderKind.HUAWEI_GES, ProviderKind.TENCENT_CRS);

    private Availability() {}

    /** One fault for each part of the configuration that this version does not support. */
    public static List<Fault> faults(BackhaulConfig config) {
        var faults = new ArrayList<Fault>();
        for (var i = 0; i < config.archives().size(); i++) {
            if (config.archives().get(i) instanceof ArchiveConfig.S3) {
                faults.add(new Fault(
                        "archives[" + i + "].type", "\"s3\" is not supported by this version; use filesystem"));
            }
        }
        for (var i = 0; i < config.sources().size(); i++) {
            var source = config.sources().get(i);
            if (!SUPPORTED.contains(source.provider())) {
                faults.add(new Fault(
                        "sources[" + i + "].provider",
                        "\"" + source.provider().word() + "\" is not supported by this version; supported: "
                                + SUPPORTED.stream().map(ProviderKind::word).collect(Collectors.joining(", "))));
            }
        }
        return faults;
    }
}
