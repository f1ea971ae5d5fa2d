package io.backhaul.config;

import io.backhaul.backup.InstanceId;
import java.util.List;

/** Which of an account's instances a source covers. */
public sealed interface InstanceSelection {
    /** Whatever the provider lists, new ones included. */
    record All() implements InstanceSelection {}

    /** These and no others. */
    record Listed(List<InstanceId> ids) implements InstanceSelection {
        public Listed {
            ids = List.copyOf(ids);
        }
    }
}
