package io.backhaul.provider;

import io.backhaul.backup.Instance;
import java.util.List;

/** What came of asking for the instances. */
public sealed interface InstancesOutcome permits InstancesOutcome.Listed, Setback {
    /** Every instance found. With {@link Coverage.Partial}, one that is missing here may still exist. */
    record Listed(List<Instance> instances, Coverage coverage) implements InstancesOutcome {
        public Listed {
            instances = List.copyOf(instances);
        }
    }
}
