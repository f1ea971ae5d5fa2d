package io.backhaul.provider;

import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import java.util.List;
import java.util.Set;

/** Which instances of an account a source is about. */
public sealed interface InstanceSelection {
    /** Every one that the provider lists. */
    record All() implements InstanceSelection {}

    /** Those with these ids. */
    record Listed(Set<InstanceId> ids) implements InstanceSelection {
        public Listed {
            ids = Set.copyOf(ids);
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
