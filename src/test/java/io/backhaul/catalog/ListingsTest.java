package io.backhaul.catalog;

import static io.backhaul.catalog.Bench.NOW;
import static io.backhaul.catalog.Bench.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a source is listed: what is due is a row. */
@ExtendWith(TestDatabase.class)
class ListingsTest {
    private static final Duration TERM = Duration.ofMinutes(15);
    private static final Instant LATER = NOW.plusSeconds(60);

    private final Bench bench;
    private final Listings listings;

    ListingsTest(Catalog catalog) {
        bench = new Bench(catalog);
        listings = catalog.listings();
    }

    @Test
    void aNewSourceIsDueAtOnceAndForOneOnly() {
        assertThat(listings.claimDue(SOURCE, TERM, NOW)).contains(new Listings.Turn(NOW.plus(TERM), 0));
        assertThat(listings.claimDue(SOURCE, TERM, NOW)).isEmpty();
    }

    @Test
    void aSourceThatIsKnownKeepsItsTimeWhenItIsRegisteredAgain() {
        succeed(NOW);

        listings.register(SOURCE, "tencent-crs", LATER);

        assertThat(listings.claimDue(SOURCE, TERM, LATER)).isEmpty();
        assertThat(bench.text("select provider from source")).isEqualTo("tencent-crs");
    }

    @Test
    void aListingWhoseTakerDiedIsDueAfterItsTerm() {
        listings.claimDue(SOURCE, TERM, NOW);

        assertThat(listings.claimDue(SOURCE, TERM, NOW.plus(TERM).minusMillis(1)))
                .isEmpty();
        assertThat(listings.claimDue(SOURCE, TERM, NOW.plus(TERM))).isPresent();
    }

    @Test
    void afterASuccessTheNextComesOnRequestOnly() {
        succeed(NOW);

        assertThat(listings.claimDue(SOURCE, TERM, NOW.plus(Duration.ofDays(30))))
                .isEmpty();

        listings.request(SOURCE, LATER);

        assertThat(listings.claimDue(SOURCE, TERM, LATER)).isPresent();
        assertThat(bench.text("select last_listed_at = '" + NOW + "' from source"))
                .isEqualTo("t");
    }

    @Test
    void aRequestThatComesWhileAListingRunsIsNotLost() {
        var turn = listings.claimDue(SOURCE, TERM, NOW).orElseThrow();
        listings.request(SOURCE, LATER);

        listings.succeeded(SOURCE, turn, Duration.ZERO, LATER.plusSeconds(1));

        assertThat(listings.claimDue(SOURCE, TERM, LATER.plusSeconds(1))).isPresent();
    }

    @Test
    void aListingThatTookLongerThanItsTermIsStillDone() {
        var turn = listings.claimDue(SOURCE, TERM, NOW.plusNanos(123_456_789)).orElseThrow();

        listings.succeeded(SOURCE, turn, Duration.ZERO, NOW.plus(TERM.multipliedBy(2)));

        assertThat(listings.claimDue(SOURCE, TERM, NOW.plus(TERM.multipliedBy(2))))
                .isEmpty();
    }

    @Test
    void failuresAreCountedUntilASuccess() {
        listings.claimDue(SOURCE, TERM, NOW);
        listings.failed(SOURCE, "unavailable", "HTTP 503", LATER);

        assertThat(listings.claimDue(SOURCE, TERM, LATER.minusMillis(1))).isEmpty();
        var second = listings.claimDue(SOURCE, TERM, LATER).orElseThrow();
        assertThat(second.failures()).isEqualTo(1);
        assertThat(bench.text("select last_failure from source")).isEqualTo("HTTP 503");
        assertThat(bench.catalog.reports().sources().getFirst().failureKind()).isEqualTo("unavailable");

        listings.succeeded(SOURCE, second, Duration.ofMillis(-1500), LATER);

        assertThat(bench.catalog.reports().sources())
                .containsExactly(
                        new Reports.SourceRow(SOURCE, "huawei-dcs", LATER, 0, null, null, Duration.ofMillis(-1500)));
    }

    @Test
    void aCronDoesNotCutShortWhatTheProviderAskedFor() {
        listings.claimDue(SOURCE, TERM, NOW);
        listings.failed(SOURCE, "throttled", "HTTP 429", NOW.plusSeconds(3600));

        listings.request(SOURCE, LATER);

        assertThat(listings.claimDue(SOURCE, TERM, LATER)).isEmpty();
        assertThat(listings.claimDue(SOURCE, TERM, NOW.plusSeconds(3600))).isPresent();
    }

    @Test
    void anInstanceThatAListingDoesNotShowIsUnseen() {
        var other = new Instance(new InstanceId("i-2"), "second", Map.of());

        listings.saveInstances(SOURCE, List.of(other), LATER);

        assertThat(listings.unseenInstances(SOURCE, LATER)).containsExactly(Bench.INSTANCE);
        assertThat(listings.unseenInstances(SOURCE, NOW)).isEmpty();
    }

    @Test
    void anInstanceSeenAtAnInstantFinerThanTheDatabaseKeepsIsSeen() {
        var fine = LATER.plusNanos(123_456_789);
        listings.saveInstances(SOURCE, List.of(new Instance(Bench.INSTANCE, "cache", Map.of())), fine);

        assertThat(listings.unseenInstances(SOURCE, fine)).isEmpty();
    }

    @Test
    void textsThatPostgresCannotStoreDoNotStopAListing() {
        var odd = new Instance(new InstanceId("i-\0"), "a\0b\uD800", Map.of("k\0", "v\uDC00\0"));

        listings.saveInstances(SOURCE, List.of(odd), LATER);

        assertThat(bench.texts("select provider_id || '|' || name || '|' || (given ->> 'k\uFFFD')"
                        + " from instance where given <> '{\"engine\": \"Redis\"}'"))
                .containsExactly("i-\uFFFD|a\uFFFDb?|v?\uFFFD");
    }

    private void succeed(Instant at) {
        var turn = listings.claimDue(SOURCE, TERM, at).orElseThrow();
        listings.succeeded(SOURCE, turn, Duration.ZERO, at);
    }
}
