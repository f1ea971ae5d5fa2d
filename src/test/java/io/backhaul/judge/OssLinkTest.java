package io.backhaul.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.SignedUrl;
import io.backhaul.judge.AliyunJudge.Keys;
import io.backhaul.judge.AliyunJudge.OssSignature;
import io.backhaul.provider.LinkExpiry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links that the vendor's own object store client signs say when they die, and we understand them. */
class OssLinkTest {
    private static final AliyunJudge JUDGE = VendorJudge.load("aliyun", "AliyunSdk", AliyunJudge.class);

    /** V4 signs a life and not an end: what is left of the second in which it signs is cut off. */
    private static final Duration CUT = Duration.ofSeconds(2);

    @ParameterizedTest
    @CsvSource({"V1, ''", "V1, STSTOKEN/+=", "V4, ''", "V4, STSTOKEN/+="})
    void theExpiryIsReadFromTheVendorsLink(OssSignature signature, String token) {
        var now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        var dies = now.plus(Duration.ofHours(1));

        var link = SignedUrl.of(
                JUDGE.ossLink(new Keys("testid", "testsecret", token), signature, "bucket", "dir/set a+b.zip", dies));

        var expiry = LinkExpiry.of(link, now, Duration.ofMinutes(5));
        assertThat(expiry.origin()).isEqualTo(Origin.URL);
        assertThat(expiry.at()).isBeforeOrEqualTo(dies).isAfter(dies.minus(CUT));
        assertThat(LinkExpiry.stated(link)).contains(expiry.at());
    }
}
