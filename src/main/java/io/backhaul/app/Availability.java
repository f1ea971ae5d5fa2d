package io.backhaul.app;

import io.backhaul.config.ArchiveConfig;
import io.backhaul.config.BackhaulConfig;
import io.backhaul.config.Fault;
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
        return faults;
    }
}
