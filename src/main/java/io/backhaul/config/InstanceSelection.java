package io.backhaul.config;

import io.backhaul.backup.Instance;
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

    /** The selected ones, in their order. */
    default List<Instance> of(List<Instance> found) {
        return switch (this) {
            case All all -> found;
            case Listed listed ->
                found.stream().filter(one -> listed.ids().contains(one.id())).toList();
        };
    }

    /** What was selected by id and is not among those found: a typo of the operator's, or deleted since. */
    default List<InstanceId> missingFrom(List<Instance> found) {
        return switch (this) {
            case All all -> List.of();
            case Listed listed ->
                listed.ids().stream()
                        .filter(id -> found.stream().noneMatch(one -> one.id().equals(id)))
                        .toList();
        };
    }
}
