package io.backhaul.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.Expiry;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.SignedUrl;
import io.backhaul.judge.TencentJudge.Keys;
import io.backhaul.provider.LinkExpiry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that the vendor's own object store client signs say when they die, and we understand them. */
class CosLinkTest {
    private static final TencentJudge JUDGE = VendorJudge.load("tencent", "TencentSdk", TencentJudge.class);

    @ParameterizedTest
    @ValueSource(strings = {"", "STSTOKEN/+="})
    void theExpiryIsReadFromTheVendorsLink(String token) {
        var now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        var dies = now.plus(Duration.ofHours(6));
        var keys = new Keys("AKIDtest", "secret", token, "ap-guangzhou");

        var link = SignedUrl.of(JUDGE.cosLink(keys, "bucket-1250000000", "dir/dump a+b.rdb", dies));

        assertThat(link.withoutQuery()).startsWith("http");
        assertThat(LinkExpiry.of(link, now, Duration.ofMinutes(5))).isEqualTo(new Expiry(dies, Origin.URL));
    }
}
