package io.backhaul.provider.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.Sha256;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.ApiRequest.Body;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The vector of tencent-aliyun.md 3.2, made with the vendor's own client. */
class Tc3SignerTest {
    private static final String ID = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
    private static final String SECRET = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
    private static final Instant AT = Instant.ofEpochSecond(1_551_113_065);
    private static final String EXPECTED = "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/"
            + "redis/tc3_request, SignedHeaders=content-type;host, "
            + "Signature=2a7b706f569a53f82629e6e46bca5485c12d333bad4606f9cf2e509c68164b63";

    private static final Body BODY = new Body(
            "application/json; charset=utf-8",
            "{\"InstanceId\":\"crs-4y9t57vt\",\"BackupId\":\"678362566696298532848117\"}");

    private final ApiRequest request = new ApiRequest(
            "POST",
            "links",
            "",
            URI.create("https://redis.tencentcloudapi.com"),
            "/",
            List.of(),
            Map.of("X-TC-Action", "DescribeBackupUrl"),
            BODY);

    @Test
    void theVectorIsMet() {
        var signed = new Tc3Signer(AccessKey.permanent(ID, SECRET)).sign(request, AT);

        assertThat(signed.headers())
                .containsEntry("Authorization", EXPECTED)
                .containsEntry("X-TC-Timestamp", "1551113065")
                .containsEntry("X-TC-Action", "DescribeBackupUrl")
                .doesNotContainKey("X-TC-Token");
    }

    @Test
    void theTokenIsSentAndNotSigned() {
        var signed = new Tc3Signer(AccessKey.temporary(ID, SECRET, "STSTOKEN")).sign(request, AT);

        assertThat(signed.headers()).containsEntry("Authorization", EXPECTED).containsEntry("X-TC-Token", "STSTOKEN");
    }

    @Test
    void theCanonicalRequestIsTheVendors() {
        assertThat(Sha256.of(BODY.text().getBytes(UTF_8)))
                .isEqualTo("9f42ed658ae0a1497999d09c61a3ab58812e2f8eaf82044387deced7bd330c49");
        assertThat(Sha256.of(Tc3Signer.canonical(request).getBytes(UTF_8)))
                .isEqualTo("bbb1a4bffb6a78ec7eb94666f0742793d1445477eb4188a0c961a0d7dc969c8f");
    }
}
