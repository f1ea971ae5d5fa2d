package io.backhaul.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private final Redactor redactor = new Redactor(List.of("AKID0001", "s3cr3t/+", ""));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "see https://bucket.obs.example.com:443/k?AWSAccessKeyId=HIDE&Expires=1&Signature=HIDE%3D now",
                "http://10.195.128.115:9097/download/dump.rdb?HIDE/+HIDE==",
                "{\"link\":\"https:\\/\\/bucket.example.com\\/k?Signature=HIDE\"}",
                "path /k?AWSAccessKeyId=HIDE&Expires=1566308915&Signature=HIDE%2B",
                "X-Amz-Signature=HIDE&X-Amz-Credential=HIDE%2F20261121",
                "/k?sign=HIDE and q-signature=HIDE&x-cos-security-token=HIDE",
                "OSSAccessKeyId=HIDE&Signature=HIDE&security-token=HIDE",
                "{\"securitytoken\": \"HIDE\", \"secret\":\"HIDE\",\"access\":\"HIDE\"}",
                "Authorization: SDK-HMAC-SHA256 Access=HIDE, SignedHeaders=host, Signature=HIDE",
                "Authorization: Bearer HIDE",
                "Get secretKey failed,ak:HIDE,err:ak not exist"
            })
    void linksAndWhatLooksLikeACredentialAreHidden(String text) {
        assertThat(redactor.excerpt(text)).doesNotContain("HIDE").isNotEmpty();
    }

    @Test
    void theSecretsThatItWasToldOfAreHiddenAnywhere() {
        assertThat(redactor.excerpt("no key AKID0001 with s3cr3t/+!")).isEqualTo("no key *** with ***!");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "calc aksk signature fail:signature expired, server time:20211217T065804Z",
                "Get secretKey failed,err:ak not exist",
                "policy user over ratelimit,limit:100,time:1 minute"
            })
    void whatHelpsThePersonStays(String text) {
        assertThat(redactor.excerpt(text)).isEqualTo(text);
    }

    @Test
    void aSecretLongerThanWhatIsLookedAtIsHiddenWhole() {
        var token = "MII" + "s3cr3tT0ken".repeat(1_500);
        assertThat(new Redactor(List.of(token)).excerpt("no: " + token + " here"))
                .isEqualTo("no: *** here");
    }

    @Test
    void anExcerptIsOneShortLine() {
        assertThat(redactor.excerpt("a\r\nb\u0000\tc")).isEqualTo("a b c");
        assertThat(redactor.excerpt("x".repeat(100_000))).hasSize(201).endsWith("…");
    }

    @Test
    void itDoesNotPrintWhatItHides() {
        assertThat(redactor).hasToString("Redactor[***]");
    }
}
