package io.backhaul.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.ManualClock;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Setback.Denied;
import io.backhaul.provider.Setback.Refused;
import io.backhaul.provider.Setback.Throttled;
import io.backhaul.provider.Setback.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialGateTest {
    private static final Instant REST_ENDS = Instant.parse("2026-11-21T12:05:00Z");

    private final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
    private final CredentialGates gates = new CredentialGates(clock);
    private final CredentialGate gate = gates.of("huawei AK1");
    private final List<String> made = new ArrayList<>();

    @Test
    void afterARefusalNothingIsAskedForFiveMinutes() {
        gate.pass(this::denied);
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(gate.pass(this::granted)).isEqualTo(Asked.failed(new Denied("401", REST_ENDS)));
        assertThat(made).containsExactly("denied");
    }

    @Test
    void thenOneProbePassesAndOthersWaitForIt() {
        gate.pass(this::denied);
        clock.advance(CredentialGate.REST);
        var probe = gate.pass(() -> {
            assertThat(gate.pass(this::granted))
                    .isEqualTo(Asked.failed(new Denied(
                            "401; a probe is under way", clock.instant().plusSeconds(60))));
            return granted();
        });
        assertThat(probe).isEqualTo(new Got<>("ok"));
        assertThat(made).containsExactly("denied", "granted");
    }

    @Test
    void aProbeThatPassesOpensTheGate() {
        gate.pass(this::denied);
        clock.advance(CredentialGate.REST);
        gate.pass(this::granted);
        assertThat(gate.denial()).isEmpty();
        assertThat(gate.pass(this::granted)).isInstanceOf(Got.class);
    }

    @Test
    void aProbeThatIsRefusedStartsAnotherRest() {
        gate.pass(this::denied);
        clock.advance(CredentialGate.REST);
        gate.pass(this::denied);
        clock.advance(Duration.ofMinutes(4));
        assertThat(gate.pass(this::granted)).isInstanceOf(Failed.class);
        clock.advance(Duration.ofMinutes(1));
        assertThat(gate.pass(this::granted)).isInstanceOf(Got.class);
    }

    @Test
    void aProbeWithoutPermissionProvesTheCredentialAllTheSame() {
        gate.pass(this::denied);
        clock.advance(CredentialGate.REST);
        gate.pass(() -> Asked.failed(new Refused("403")));
        assertThat(gate.denial()).isEmpty();
    }

    @Test
    void aProbeThatProvesNothingIsFollowedByAnother() {
        gate.pass(this::denied);
        clock.advance(CredentialGate.REST);
        gate.pass(() -> Asked.failed(new Unavailable("no route")));
        gate.pass(() -> Asked.failed(new Throttled("429", null)));
        assertThatThrownBy(() -> gate.pass(() -> {
                    throw new IllegalStateException("our bug");
                }))
                .hasMessage("our bug");
        gate.pass(() -> {
            assertThat(gate.denial()).as("this one is a probe as well").isPresent();
            return granted();
        });
        assertThat(gate.denial()).isEmpty();
    }

    @Test
    void aCallThatWasUnderWayDuringTheRefusalDoesNotOpenTheGate() {
        gate.pass(() -> {
            gate.pass(this::denied);
            return granted();
        });
        assertThat(gate.denial()).isPresent();
    }

    @Test
    void twoSourcesWithOneCredentialShareItAndOthersDoNot() {
        gate.pass(this::denied);
        assertThat(gates.of("huawei AK1").denial()).isPresent();
        assertThat(gates.of("huawei AK2").denial()).isEmpty();
    }

    private Asked<String> denied() {
        made.add("denied");
        return Asked.failed(new Denied("401", clock.instant().plus(CredentialGate.REST)));
    }

    private Asked<String> granted() {
        made.add("granted");
        return new Got<>("ok");
    }
}
