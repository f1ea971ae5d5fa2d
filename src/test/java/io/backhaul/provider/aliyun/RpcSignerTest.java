package io.backhaul.provider.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.ApiRequest.Body;
import io.backhaul.provider.ApiRequest.Parameter;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of tencent-aliyun.md 3.3, made with the vendor's own clients. */
class RpcSignerTest {
    private static final Instant AT = Instant.parse("2024-01-04T09:39:49Z");
    private static final String NONCE = "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf";
    private static final List<Parameter> BUSINESS =
            List.of(new Parameter("InstanceId", "ob317v4uif0001"), new Parameter("DownloadTaskId", "1000002"));

    @ParameterizedTest
    @CsvSource({
        "POST, '',       2j5uAuQQ6Ne+S55YY7HgkjLCN20=",
        "GET,  '',       FMoES3XpikilsAlKO1XGp0m3vbg=",
        "POST, STSTOKEN, FP9sz3LUUZr3mGBzU2gmOOMbEUg=",
        "GET,  STSTOKEN, reqCx5UGx8+MEGNHrjxcz+q1Tmk="
    })
    void theVectorIsMetWhereverTheParametersStand(String method, String token, String expected) {
        var key = token.isEmpty()
                ? AccessKey.permanent("testid", "testsecret")
                : AccessKey.temporary("testid", "testsecret", token);

        var inForm = signed(key, request(method, List.of(), Body.form(BUSINESS)));
        var inQuery = signed(key, request(method, BUSINESS, null));

        assertThat(inForm.query()).contains(new Parameter("Signature", expected));
        assertThat(inQuery.query()).contains(new Parameter("Signature", expected));
        assertThat(inForm.body()).isEqualTo(Body.form(BUSINESS));
    }

    @Test
    void theSignedTextIsTheVendors() {
        var key = AccessKey.permanent("testid", "testsecret");
        var signed = signed(key, request("POST", List.of(), Body.form(BUSINESS)));
        var unsigned = signed.query().stream()
                .filter(one -> !one.name().equals("Signature"))
                .toList();

        assertThat(RpcSigner.toSign(request("POST", unsigned, Body.form(BUSINESS))))
                .isEqualTo("POST&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeBackupSetDownloadLink%26DownloadTaskId"
                        + "%3D1000002%26Format%3Djson%26InstanceId%3Dob317v4uif0001%26SignatureMethod%3DHMAC-SHA1"
                        + "%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0"
                        + "%26Timestamp%3D2024-01-04T09%253A39%253A49Z%26Version%3D2019-09-01");
    }

    private static ApiRequest request(String method, List<Parameter> query, @Nullable Body body) {
        return new ApiRequest(
                method,
                "links",
                "",
                URI.create("https://oceanbasepro.cn-hangzhou.aliyuncs.com"),
                "/",
                query,
                Map.of(),
                body);
    }

    private static ApiRequest signed(AccessKey key, ApiRequest request) {
        var signer = new RpcSigner(key);
        return signer.sign(signer.calling(request, "DescribeBackupSetDownloadLink", "2019-09-01"), AT, NONCE);
    }
}
