package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.BackupId;
import io.backhaul.config.InstanceSelection;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.ScriptedCloud.Received;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.provider.Setback.Denied;
import io.backhaul.provider.Setback.Throttled;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HuaweiDcsCredentialTest {
    private static final Reply WRONG_KEY = Dcs.error(401, "APIGW.0301", "verify aksk signature fail");
    private static final Reply STALE = Dcs.error(
            401,
            "APIGW.0301",
            "calc aksk signature fail:signature expired,server time:20261121T140000Z",
            "Date: Sat, 21 Nov 2026 14:00:00 GMT");

    private final Dcs dcs = new Dcs();

    @AfterEach
    void stop() throws IOException {
        dcs.close();
    }

    @Test
    void everyRequestIsSignedAsItTravels() {
        dcs.then(Dcs.instances(0)).then(Dcs.links("https://store.example/k?x"));
        dcs.source.instances();
        dcs.source.links(Dcs.REDIS, new BackupId("b1"), Duration.ofHours(1));
        for (var wire : dcs.cloud.received()) {
            assertThat(wire.header("Authorization")).isEqualTo(expectedFor(wire));
            assertThat(wire.header("X-Project-Id")).isEqualTo("0123456789abcdef0123456789abcdef");
            assertThat(wire.header("X-Security-Token")).isEqualTo("TOKENSECRET03");
            assertThat(wire.header("X-Sdk-Date")).isEqualTo("20261121T120000Z");
        }
        assertThat(dcs.cloud.received()).hasSize(2);
    }

    @Test
    void aRefusedCredentialIsNotUsedForFiveMinutes() {
        dcs.then(WRONG_KEY).then(Dcs.instances(1, "i1"));
        var refusal = dcs.source.instances();
        assertThat(refusal)
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.probeAt()).isEqualTo("2026-11-21T12:05:00Z"));
        assertThat(dcs.source.instances()).isEqualTo(refusal);
        assertThat(dcs.source.backups(Dcs.INSTANCE)).isEqualTo(refusal);
        assertThat(dcs.source.links(Dcs.REDIS, new BackupId("b1"), Duration.ofHours(1)))
                .isEqualTo(refusal);
        assertThat(dcs.cloud.received()).hasSize(1);
        assertThat(dcs.calls).as("what was not sent is not reported").containsExactly("list-instances denied");

        dcs.clock.advance(Duration.ofMinutes(5));
        assertThat(dcs.source.instances()).isInstanceOf(InstancesOutcome.Listed.class);
    }

    @Test
    void anotherSourceWithTheSameKeyRestsToo() {
        dcs.then(WRONG_KEY);
        dcs.source.instances();
        try (var other = dcs.source(new InstanceSelection.All())) {
            assertThat(other.instances()).isInstanceOf(Denied.class);
        }
        assertThat(dcs.cloud.received()).hasSize(1);
    }

    @Test
    void aMissingPermissionDoesNotStopOtherCalls() {
        dcs.then(Dcs.error(403, "DCS.2003", "no permission")).then(Reply.of(204, ""));
        dcs.source.instances();
        assertThat(dcs.source.backups(Dcs.INSTANCE)).isInstanceOf(BackupsOutcome.Listed.class);
    }

    @Test
    void aStaleSignatureIsMadeAnewInTheProvidersTime() {
        dcs.then(STALE).then(Dcs.instances(1, "i1"));
        assertThat(dcs.source.instances()).isInstanceOf(InstancesOutcome.Listed.class);
        var second = dcs.cloud.received().getLast();
        assertThat(second.header("X-Sdk-Date")).isEqualTo("20261121T140000Z");
        assertThat(second.header("Authorization")).isEqualTo(expectedFor(second));
        assertThat(dcs.calls).containsExactly("list-instances denied", "list-instances ok");
    }

    @Test
    void aSignatureThatIsStaleTwiceIsARefusal() {
        dcs.then(STALE).then(STALE).then(Dcs.instances(1, "i1"));
        assertThat(dcs.source.instances()).isInstanceOf(Denied.class);
        assertThat(dcs.source.instances()).isInstanceOf(Denied.class);
        assertThat(dcs.cloud.received()).hasSize(2);
    }

    @Test
    void aWrongSignatureIsNotTriedTwice() {
        dcs.then(WRONG_KEY).then(Dcs.instances(1, "i1"));
        assertThat(dcs.source.instances()).isInstanceOf(Denied.class);
        assertThat(dcs.cloud.received()).hasSize(1);
    }

    @Test
    void theProvidersThrottlingIsHandedOn() {
        dcs.then(Dcs.error(429, "APIG.0308", "policy user over ratelimit,limit:100,time:1 minute", "Retry-After: 3"));
        assertThat(dcs.source.instances())
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.retryAt()).isEqualTo("2026-11-21T12:00:03Z"));
    }

    /** Signed again from what the wire says, by the signer that the contract's vectors judge. */
    private static String expectedFor(Received wire) {
        var at = Instant.parse(
                wire.header("X-Sdk-Date").replaceFirst("(....)(..)(..)T(..)(..)(..)Z", "$1-$2-$3T$4:$5:$6Z"));
        var endpoint = URI.create("http://" + wire.header("Host"));
        var parts = wire.target().split("\\?", 2);
        var request = wire.body().isEmpty()
                ? ApiRequest.get("x", "", endpoint, parts[0])
                : ApiRequest.post("x", "", endpoint, parts[0], wire.body());
        for (var pair : parts.length < 2 ? new String[0] : parts[1].split("&", -1)) {
            request = request.asking(pair.split("=", 2)[0], pair.split("=", 2)[1]);
        }
        var project = request.with("X-Project-Id", wire.header("X-Project-Id"));
        return new AkSkSigner(Dcs.KEY.key()).sign(project, at).headers().getOrDefault("Authorization", "");
    }
}
