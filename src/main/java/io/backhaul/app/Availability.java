package io.backhaul.app;

import io.backhaul.config.ArchiveConfig;
import io.backhaul.config.BackhaulConfig;
import io.backhaul.config.Fault;
import io.backhaul.config.ProviderKind;
import java.util.ArrayList;
import java.util.List;

/** What the configuration can say and this version cannot do yet: found at the start, not at the first backup. */
public final class Availability {
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
            var provider = config.sources().get(i).provider();
            if (provider != ProviderKind.HUAWEI_DCS && provider != ProviderKind.HUAWEI_GES) {
                faults.add(new Fault(
                        "sources[" + i + "].provider",
                        "\"" + provider.word() + "\" is not supported by this version; huawei-dcs and huawei-ges are"));
            }
        }
        return faults;
    }
}
