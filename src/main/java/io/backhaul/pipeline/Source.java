package io.backhaul.pipeline;

import io.backhaul.archive.Archive;
import io.backhaul.backup.SourceName;
import io.backhaul.provider.Provider;
import io.backhaul.transfer.TargetRules;
import java.util.List;

/**
 * A configured source, ready to work with.
 *
 * @param kind the provider's word in the configuration, such as {@code huawei-dcs}
 * @param archives where its sets go; the first is home, where they are staged
 */
public record Source(
        SourceName name,
        String kind,
        Provider provider,
        List<Archive> archives,
        LinkTerms terms,
        TargetRules targets,
        SourceLimits limits) {
    /** @throws IllegalArgumentException without an archive: its sets could go nowhere */
    public Source {
        archives = List.copyOf(archives);
        if (archives.isEmpty()) {
            throw new IllegalArgumentException("source " + name + " has no archive");
        }
    }

    /** The archive in which a set is staged, and which gets it last: once it stands there, it stands everywhere. */
    Archive home() {
        return archives.getFirst();
    }
}
