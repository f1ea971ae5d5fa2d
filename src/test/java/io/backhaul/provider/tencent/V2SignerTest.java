package io.backhaul.provider.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Hmac;
import io.backhaul.provider.PercentEncoding;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of tencent-aliyun.md 3.1, made with the vendor's own clients. */
class V2SignerTest {
    private static final AccessKey KEY = AccessKey.permanent("AKIDtestsecretid", "testsecretkey");
    private static final AccessKey NEWER_KEY =
            AccessKey.permanent("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE");

    private static final String V2 = "Action=GetBackupDownloadUrl&Nonce=11886&Region=ap-guangzhou"
            + "&RequestClient=SDK_JAVA_2.0.7&SecretId=AKIDtestsecretid&Timestamp=1500000000"
            + "&backupId=fb8d2cd6-f6ee-11e6-ac36-525400394272&redisId=crs-c7xq4kqu";
    private static final String NEWER = "Action=DescribeBackupUrl&BackupId=678362566696298532848117"
            + "&InstanceId=crs-4y9t57vt&Nonce=11886&Region=ap-guangzhou&RequestClient=SDK_JAVA_3.1.667"
            + "&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE&Timestamp=1551113065&Version=2018-04-12";

    @ParameterizedTest
    @CsvSource({
        "SHA1,   GET,  '',                                          p5bz+pDDv05MKCWcUvg4MIn65jA=",
        "SHA1,   POST, '',                                          ERmhiiwo7ftc62U6nxEb7IsNPwQ=",
        "SHA1,   GET,  Token=STSTOKEN,                              jXYmsIDTudx0klXNmiBQXyHTiyY=",
        "SHA1,   POST, Token=STSTOKEN,                              VcXPNsYCnZmOqNFGF5DZEGm8DFc=",
        "SHA256, GET,  SignatureMethod=HmacSHA256,                  mMt3DmMG5EmLlZOeOUgxETZyI1VbWGGc0AGP0CJ4rws=",
        "SHA256, POST, SignatureMethod=HmacSHA256,                  xScdqwkIFGlztUySw2iS9tDwKtsdL8rFHw5aZak5ktc=",
        "SHA256, GET,  Token=STSTOKEN&SignatureMethod=HmacSHA256,   BTQ3kSv6l98FF3KTdkkZSnD26vB2pfbTo8N/FRG/kEM=",
        "SHA256, POST, Token=STSTOKEN&SignatureMethod=HmacSHA256,   5OHBS5PT5kv4gKGEmPt4f50t50hNNWN7kX7UQdhKSYQ="
    })
    void theVectorsOfV2AreMet(Hmac hmac, String method, String more, String expected) {
        var signer = new V2Signer(KEY, hmac);

        assertThat(signer.signature(method, "redis.api.qcloud.com", "/v2/index.php", parameters(V2 + "&" + more)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "SHA1,   GET,  SignatureMethod=HmacSHA1,                   gju7JT4cCmyWz81IDHjQu1TJuh4=",
        "SHA1,   POST, SignatureMethod=HmacSHA1,                   3yyVYnO1jVhOPgkYqMxlx9txDOU=",
        "SHA256, GET,  SignatureMethod=HmacSHA256,                 DgTRlhtpraMw+vFpV7QYd2ah66XbbmuKIfNZuwCWP7E=",
        "SHA256, POST, SignatureMethod=HmacSHA256,                 E/xxf1Zr7FnGr9ZNp+C84youqscOYf/3eaC4KCdhc90=",
        "SHA1,   GET,  SignatureMethod=HmacSHA1&Token=STSTOKEN,    J8orbBkOqXeH4AFmHOssPBDybS0=",
        "SHA256, POST, SignatureMethod=HmacSHA256&Token=STSTOKEN,  9DrcsXxsPd5cJQukwOa2O5vYVT+78qD20avi/nrq6QQ="
    })
    void theVectorsOfTheSameSignatureAtTheNewerHostAreMet(Hmac hmac, String method, String more, String expected) {
        var signer = new V2Signer(NEWER_KEY, hmac);

        assertThat(signer.signature(method, "redis.tencentcloudapi.com", "/", parameters(NEWER + "&" + more)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "SHA1,   '',       VcXPNsYCnZmOqNFGF5DZEGm8DFc=, STSTOKEN",
        "SHA1,   '',       ERmhiiwo7ftc62U6nxEb7IsNPwQ=,",
        "SHA256, HmacSHA256, xScdqwkIFGlztUySw2iS9tDwKtsdL8rFHw5aZak5ktc=,",
        "SHA256, HmacSHA256, 5OHBS5PT5kv4gKGEmPt4f50t50hNNWN7kX7UQdhKSYQ=, STSTOKEN"
    })
    void aSignedRequestIsAFormAndItsUrlHoldsNothing(Hmac hmac, String method, String signature, String token) {
        var key = token == null ? KEY : AccessKey.temporary("AKIDtestsecretid", "testsecretkey", token);
        var request = new ApiRequest(
                        "POST",
                        "links",
                        "",
                        URI.create("https://redis.api.qcloud.com"),
                        "/v2/index.php",
                        List.of(),
                        Map.of(),
                        null)
                .asking("Action", "GetBackupDownloadUrl")
                .asking("Region", "ap-guangzhou")
                .asking("RequestClient", "SDK_JAVA_2.0.7")
                .asking("redisId", "crs-c7xq4kqu")
                .asking("backupId", "fb8d2cd6-f6ee-11e6-ac36-525400394272");

        var signed = new V2Signer(key, hmac).sign(request, Instant.ofEpochSecond(1_500_000_000), 11_886);

        assertThat(signed.rawQuery()).isEmpty();
        assertThat(signed.headers()).isEmpty();
        var body = Objects.requireNonNull(signed.body());
        assertThat(body.contentType()).isEqualTo("application/x-www-form-urlencoded");
        var form = parameters(body.text());
        assertThat(PercentEncoding.decode(form.getOrDefault("Signature", ""))).isEqualTo(signature);
        assertThat(form.getOrDefault("SignatureMethod", "")).isEqualTo(method);
        assertThat(form.get("Token")).isEqualTo(token);
    }

    @Test
    void namesLoseTheirUnderscoresAndFilesAreLeftOutOfAPost() {
        var parameters = parameters("b=2&a_x=1&B=3&file=@x&Signature=s");

        assertThat(V2Signer.toSign("POST", "h:1", "/p", parameters)).isEqualTo("POSTh:1/p?B=3&a.x=1&b=2");
        assertThat(V2Signer.toSign("GET", "h:1", "/p", parameters)).isEqualTo("GETh:1/p?B=3&a.x=1&b=2&file=@x");
    }

    private static SortedMap<String, String> parameters(String text) {
        var parameters = new TreeMap<String, String>();
        Arrays.stream(text.split("&")).filter(pair -> !pair.isEmpty()).forEach(pair -> {
            var parts = pair.split("=", 2);
            parameters.put(parts[0], parts[1]);
        });
        return parameters;
    }
}
