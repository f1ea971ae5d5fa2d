package io.backhaul.cli;

import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.Operation;
import io.backhaul.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What can be wrong with a source, in its values or around it. */
enum CheckedFault {
    NONE(""),
    WRONG_KEY("ACCESS=AKIDNOBODY0000000001 LOGIN=nobody"),
    WRONG_SECRET("SECRET=the-secret-of-another-one"),
    /** One that is not the key's. */
    UNWANTED_TOKEN("TOKEN=,_session-token:_nobodys"),
    WRONG_PROJECT("PROJECT=ffffffffffffffffffffffffffffffff"),
    /** A region that there is, and nothing in it. */
    WRONG_REGION("REGION=ap-beijing"),
    UNKNOWN_REGION("REGION=mars"),
    REFUSED_PORT("ENDPOINT=http://127.0.0.1:1"),
    REFUSED_IAM("IAM=http://127.0.0.1:1"),
    UNKNOWN_HOST("ENDPOINT=https://nowhere.invalid"),
    PAGE_200("ENDPOINT=PAGES/ok"),
    PAGE_404("ENDPOINT=PAGES/missing"),
    /** TLS is spoken to a port that has none. */
    NO_TLS("ENDPOINT=TLSLESS"),
    MISSING_INSTANCE("INSTANCES=[nobody-knows-it]"),
    NO_INSTANCE("") {
        @Override
        void befall(SimulatedCloud cloud) {
            CheckedCloud.empty(cloud);
        }
    },
    UNTRUSTED("ENDPOINT=SECURE"),
    CLOCK_BEHIND("") {
        @Override
        void befall(SimulatedCloud cloud) {
            cloud.setClockAheadBy(Duration.ofMinutes(20));
        }
    },
    CLOCK_AHEAD("") {
        @Override
        void befall(SimulatedCloud cloud) {
            cloud.setClockAheadBy(Duration.ofMinutes(-3));
        }
    },
    NO_LISTING("") {
        @Override
        void befall(SimulatedCloud cloud) {
            forbid(
                    cloud,
                    Operation.DCS_INSTANCES,
                    Operation.GES_GRAPHS,
                    Operation.CRS_INSTANCES,
                    Operation.OCEANBASE_INSTANCES);
        }
    },
    NO_BACKUPS("") {
        @Override
        void befall(SimulatedCloud cloud) {
            forbid(
                    cloud,
                    Operation.DCS_BACKUPS,
                    Operation.GES_BACKUPS,
                    Operation.CRS_BACKUPS,
                    Operation.OCEANBASE_BACKUPS);
        }
    },
    NO_LINKS("") {
        @Override
        void befall(SimulatedCloud cloud) {
            forbid(
                    cloud,
                    Operation.DCS_LINKS,
                    Operation.GES_LINKS,
                    Operation.CRS_EXPORT,
                    Operation.CRS_LINKS,
                    Operation.OCEANBASE_TASK,
                    Operation.OCEANBASE_LINKS);
        }
    };

    private static final int EVERY_TIME = 100;

    private final String written;

    /** @param written wrong values, {@code WORD=VALUE} blanks between, _ for one within */
    CheckedFault(String written) {
        this.written = written;
    }

    /** What the operator wrote in the place of the right value. */
    Map<String, String> written() {
        return Arrays.stream(written.split(" ", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].replace('_', ' ')));
    }

    /** What is wrong at the provider. */
    void befall(SimulatedCloud cloud) {}

    private static void forbid(SimulatedCloud cloud, Operation... operations) {
        for (var operation : operations) {
            cloud.faults().inject(Fault.FORBIDDEN, FaultTarget.operation(operation), EVERY_TIME);
        }
    }
}
