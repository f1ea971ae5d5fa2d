package io.backhaul.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Dice;
import io.backhaul.backup.Expiry.Origin;
import io.backhaul.backup.SignedUrl;
import io.backhaul.provider.LinkExpiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that Huawei's own object-store client makes say when they die, and we read it off them. */
class ObsLinkTest {
    private static final ObsJudge JUDGE = VendorJudge.load("huawei", "ObsSdk", ObsJudge.class);
    private static final int LINKS = 60;
    private static final String IN_KEYS = "abZ09 -_.~+&=?%#ä漢/";

    /** The vendor's client dates links by the wall clock. */
    private final Clock clock = Clock.systemUTC();

    private final Dice dice = Dice.of(ObsLinkTest.class);

    @ParameterizedTest
    @ValueSource(strings = {"V2", "OBS", "V4"})
    void theExpiryIsReadFromTheLink(String family) {
        for (var n = 0; n < LINKS; n++) {
            var life = 1 + dice.below(604_800);
            var before = clock.instant();
            var link =
                    JUDGE.link(family, dice.onceIn(2) ? "token" : "", "bucket-1", "k" + dice.text(IN_KEYS, 20), life);
            var after = clock.instant();
            var expiry = LinkExpiry.of(SignedUrl.of(link), before, Duration.ofDays(30));
            assertThat(expiry.origin()).as("link %d of %s: %s", n, dice, link).isEqualTo(Origin.URL);
            assertThat(expiry.at())
                    .as("link %d of %s: %s", n, dice, link)
                    .isBetween(floor(before, life), after.plusSeconds(life));
        }
    }

    private static Instant floor(Instant instant, long seconds) {
        return Instant.ofEpochSecond(instant.getEpochSecond() + seconds);
    }
}
