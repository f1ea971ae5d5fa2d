package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** What streams of one file give each other: no byte belongs to two of them, and none to nobody. */
class RangeStreamTest extends TransferTestBase {
    private static final Generation GENERATION = new Generation("\"one\"", null, 100L, null, null);

    private final byte[] object = bytes(100);

    private RangeStream streamOf(PartFile part, ByteRange range) {
        var redaction = Redaction.of(request().link());
        var settings = new DownloadSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, null, "test");
        var clients = new StoreClients(settings, Dns.SYSTEM);
        var wire = new Wire(clients, local(), redaction, Duration.ofSeconds(1), new AtomicInteger());
        var stream = new RangeStream(part, wire, Throttle.NONE, moved::add);
        stream.own(range);
        return stream;
    }

    private Buffer bodyOf(ByteRange bytes) {
        return new Buffer().write(object, (int) bytes.from(), (int) bytes.length());
    }

    @Test
    void anOfferStandsUntilItIsTakenOrWithdrawn() {
        try (var part = staged().begin(GENERATION)) {
            var owner = streamOf(part, new ByteRange(0, 100));
            var first = owner.offer().orElseThrow();
            assertThat(first).isEqualTo(new ByteRange(25, 100));
            assertThat(owner.offer()).isEmpty();

            owner.withdraw(first);
            assertThat(owner.offer()).contains(first);
            assertThat(owner.cede(first)).isEqualTo(first);
            assertThat(owner.offer()).contains(new ByteRange(6, 25));

            // the first one's taker has ended: the second offer stands all the same
            owner.withdraw(first);
            assertThat(owner.offer()).isEmpty();
        }
    }

    @Test
    void whatTheOwnerHasReachedMeanwhileIsNotCeded() throws IOException {
        try (var part = staged().begin(GENERATION)) {
            var owner = streamOf(part, new ByteRange(0, 100));
            var offer = owner.offer().orElseThrow();
            assertThat(owner.pour(bodyOf(new ByteRange(0, 70)), new ByteRange(0, 100), true))
                    .isInstanceOf(FetchOutcome.Cut.class);

            assertThat(owner.cede(offer)).isEqualTo(new ByteRange(70, 100));
            assertThat(owner.rest().isEmpty()).isTrue();
        }
    }

    @Test
    void aBodyThatReachesFurtherThanTheRangeOnBothSidesFillsJustTheRange() throws IOException {
        try (var part = staged().begin(GENERATION)) {
            var taker = streamOf(part, new ByteRange(60, 80));

            assertThat(taker.pour(bodyOf(new ByteRange(50, 100)), new ByteRange(50, 100), true))
                    .isNull();

            assertThat(part.written()).isEqualTo(Extents.NONE.with(new ByteRange(60, 80)));
            assertThat(moved).containsExactly(20L);
        }
    }
}
