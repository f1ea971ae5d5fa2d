package io.backhaul.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.Expiry;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.SignedUrl;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The link families of huawei.md 2.3 and tencent-aliyun.md 2.4, all issued at 2019-08-20T13:18:35Z. */
class LinkExpiryTest {
    private static final Instant ISSUED = Instant.parse("2019-08-20T13:18:35Z");

    @ParameterizedTest
    @CsvSource({
        "OBS V2, AWSAccessKeyId=AK&Expires=1566308915&Signature=a%2Bb%3D",
        "OBS V2 reordered, Signature=a%2Bb%3D&Expires=1566308915&x-amz-security-token=T&AWSAccessKeyId=AK",
        "OBS native, AccessKeyId=AK&Expires=1566308915&Signature=x",
        "OSS V1, Expires=1566308915&OSSAccessKeyId=testid&Signature=2UOc%3D",
        "AWS V4, X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20190820T131835Z&X-Amz-Expires=1800&X-Amz-Signature=x",
        "AWS V4 encoded, X-Amz-Date=20190820T131835%5A&X-Amz-Expires=1800",
        "OSS V4, x-oss-date=20190820T131835Z&x-oss-expires=1800&x-oss-signature-version=OSS4-HMAC-SHA256",
        "COS, q-sign-algorithm=sha1&q-ak=AK&q-sign-time=1566307115%3B1566308915&q-key-time=1%3B2",
        "old COS, sign=q-sign-algorithm%3Dsha1%26q-sign-time%3D1566307115%3B1566308915%26q-signature%3Dx"
    })
    void theUrlItselfSaysWhenItDies(String family, String query) {
        assertThat(of(query)).as(family).isEqualTo(new Expiry(Instant.parse("2019-08-20T13:48:35Z"), Origin.URL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/+b==opaque",
                "Expires=1566308915",
                "AWSAccessKeyId=AK&Expires=soon&Signature=x",
                "AWSAccessKeyId=AK&Expires=-1566308915",
                "AWSAccessKeyId=AK&Expires=1566308915000",
                "AWSAccessKeyId=AK&Expires=99999999999999999999",
                "AWSAccessKeyId=AK&Expires=1",
                "AWSAccessKeyId=AK&Expires=1567000000",
                "X-Amz-Date=today&X-Amz-Expires=1800",
                "X-Amz-Date=20190820T131835Z",
                "X-Amz-Date=20190820T131835Z&X-Amz-Expires=9999999",
                "q-sign-time=1566308915%3B"
            })
    void nonsenseAndSilenceLeaveThePolicy(String query) {
        assertThat(of(query)).isEqualTo(new Expiry(ISSUED.plusSeconds(600), Origin.POLICY));
    }

    @Test
    void aLinkThatIsDeadOnArrivalSaysSo() {
        assertThat(of("AWSAccessKeyId=AK&Expires=1566307000"))
                .isEqualTo(new Expiry(Instant.ofEpochSecond(1_566_307_000), Origin.URL));
    }

    private static Expiry of(String query) {
        var link = SignedUrl.of("https://b.obs.cn-north-4.myhuaweicloud.com:443/k.rdb?" + query);
        return LinkExpiry.of(link, ISSUED, Duration.ofMinutes(10));
    }
}
