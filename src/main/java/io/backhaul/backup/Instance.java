package io.backhaul.backup;

import java.util.Map;

/**
 * A database at the provider.
 *
 * @param name what its owner calls it; may be empty
 * @param given further facts as the provider gave them, for the manifest
 */
public record Instance(InstanceId id, String name, Map<String, String> given) {
    public Instance {
        given = Map.copyOf(given);
    }
}
