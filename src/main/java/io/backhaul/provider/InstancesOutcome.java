package io.backhaul.provider;

import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import java.util.List;

/** What came of asking for the instances. */
public sealed interface InstancesOutcome permits InstancesOutcome.Listed, Setback {
    /**
     * Every instance found. With {@link Coverage.Partial}, one that is missing here may still exist.
     *
     * @param instances those that the source covers
     * @param notSelected those that the provider has too and the source does not cover
     */
    record Listed(List<Instance> instances, List<InstanceId> notSelected, Coverage coverage)
            implements InstancesOutcome {
        public Listed {
            instances = List.copyOf(instances);
            notSelected = List.copyOf(notSelected);
        }
    }
}
