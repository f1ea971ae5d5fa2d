package io.backhaul.provider.aliyun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.Sha256;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.ApiRequest.Body;
import io.backhaul.provider.ApiRequest.Parameter;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The vectors of tencent-aliyun.md 3.4, made with the vendor's own client. */
class Acs3SignerTest {
    private static final URI ENDPOINT = URI.create("https://oceanbasepro.cn-hangzhou.aliyuncs.com");
    private static final Instant AT = Instant.parse("2024-01-04T09:39:49Z");
    private static final String NONCE = "3156853299f313e23d1673dc12e1703d";
    private static final AccessKey PERMANENT = AccessKey.permanent("testid", "testsecret");
    private static final AccessKey TEMPORARY = AccessKey.temporary("testid", "testsecret", "STSTOKEN");
    private static final String BODY_SHA256 = "f0f1d52bc4179d0397379505b91be3b9dc9aaff1d55f55b1410bcfbb05acfc62";

    private final ApiRequest post = new ApiRequest(
            "POST",
            "links",
            "",
            ENDPOINT,
            "/",
            List.of(),
            Map.of(),
            Body.form(List.of(
                    new Parameter("InstanceId", "ob317v4uif0001"), new Parameter("DownloadTaskId", "1000002"))));

    @Test
    void aFormIsSignedAsTheVendorSignsIt() {
        var signed = signed(PERMANENT, post, "DescribeBackupSetDownloadLink");

        assertThat(signed.headers())
                .containsEntry(
                        "Authorization",
                        "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=content-type;host;x-acs-action;"
                                + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
                                + "Signature=0b5c676c01790b8d81a9b2c9c28832cc0e8a86ff9f9ba255c192ecf19a552a73")
                .containsEntry("x-acs-date", "2024-01-04T09:39:49Z")
                .containsEntry("x-acs-content-sha256", BODY_SHA256)
                .containsEntry("x-acs-action", "DescribeBackupSetDownloadLink")
                .containsEntry("x-acs-version", "2019-09-01")
                .containsEntry("Accept", "application/json")
                .doesNotContainKeys("x-acs-security-token", "x-acs-accesskey-id");
        assertThat(signed.body()).isEqualTo(post.body());
    }

    @Test
    void theHashesAreTheVendors() {
        var signed = signed(PERMANENT, post, "DescribeBackupSetDownloadLink");

        assertThat(Sha256.of("InstanceId=ob317v4uif0001&DownloadTaskId=1000002".getBytes(UTF_8)))
                .isEqualTo(BODY_SHA256);
        assertThat(Sha256.of(Acs3Signer.canonical(signed).getBytes(UTF_8)))
                .isEqualTo("7952b66cfab654999373d1b46cd142f44bf6120fe46f17a6ab26521611ce30b5");
    }

    @Test
    void aTemporaryKeysIdAndTokenAreSignedToo() {
        var signed = signed(TEMPORARY, post, "DescribeBackupSetDownloadLink");

        assertThat(signed.headers())
                .containsEntry("x-acs-security-token", "STSTOKEN")
                .containsEntry("x-acs-accesskey-id", "testid");
        assertThat(signed.headers().get("Authorization"))
                .contains(";x-acs-security-token;")
                .endsWith("Signature=c197798e4fedb7beec2b0f5469b2c3c6ffa260483b44e168f1a8a053428711d4");
    }

    @Test
    void aQueryIsSignedSortedAndEncoded() {
        var get = new ApiRequest("GET", "list-backups", "", ENDPOINT, "/", List.of(), Map.of(), null)
                .asking("StartTime", "2022-12-27T16:00:00Z")
                .asking("InstanceId", "ob317v4uif0001")
                .asking("Key", "a b*~/+");

        var signed = signed(PERMANENT, get, "DescribeDataBackupSet");

        assertThat(Acs3Signer.canonical(signed))
                .startsWith("GET\n/\nInstanceId=ob317v4uif0001&Key=a%20b%2A~%2F%2B"
                        + "&StartTime=2022-12-27T16%3A00%3A00Z\n");
        assertThat(signed.headers().get("Authorization"))
                .endsWith("Signature=9a12c8a512d0ec25f054fd85bf9cc8afe43262351ef1b88bcaf5b9f67d4d27c6");
    }

    private static ApiRequest signed(AccessKey key, ApiRequest request, String action) {
        var signer = new Acs3Signer(key);
        return signer.sign(signer.calling(request, action, "2019-09-01"), AT, NONCE);
    }
}
