package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
    private static final String PAUSES = "transfer pauses backup={} attempt={} retryAt={} reason={}";

    private final Repetitions repetitions = new Repetitions();
    private final List<String> said = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T03:00:00Z");

    @Test
    void theSameFailureIsSaidFirstAndThenInWideningSteps() {
        for (var n = 1; n <= 100; n++) {
            say(LogEvents.at(
                    now, PAUSES, "b-1", n, now.plusSeconds(n), "HTTP 502 request-id 0a1b" + n + " after 17" + n));
            now = now.plusSeconds(60);
        }

        assertThat(said).hasSize(7);
        assertThat(said.getFirst())
                .startsWith("transfer pauses backup=b-1 attempt=1 ")
                .doesNotContain("repeated");
        assertThat(said.subList(1, 7))
                .extracting(line -> line.replaceFirst(".* ", ""))
                .containsExactly("repeated=2", "repeated=4", "repeated=8", "repeated=16", "repeated=32", "repeated=64");
    }

    @Test
    void anotherBackupAnotherReasonAndAnotherEventAreSaid() {
        say(LogEvents.at(now, PAUSES, "b-1", 1, now, "HTTP 502"));
        say(LogEvents.at(now, PAUSES, "b-1", 2, now, "HTTP 502"));
        say(LogEvents.at(now, PAUSES, "b-1", 3, now, "HTTP 502"));
        assertThat(said).hasSize(2);

        say(LogEvents.at(now, PAUSES, "b-2", 1, now, "HTTP 502"));
        say(LogEvents.at(now, PAUSES, "b-1", 4, now, "HTTP 403"));
        say(LogEvents.at(now, "archived backup={}", "b-1"));
        assertThat(said).hasSize(5).noneMatch(line -> line.contains("b-2") && line.contains("repeated"));
    }

    @Test
    void whatFailsForMonthsIsSaidAtLeastOnceADay() {
        for (var n = 0; n < 30 * 24 * 6; n++) {
            say(LogEvents.at(now, "listing incomplete source={} reason={}", "prod", "HTTP 502"));
            now = now.plus(Duration.ofMinutes(10));
        }

        assertThat(said).hasSizeBetween(30, 45);
    }

    @Test
    void afterAQuietWhileItIsNewAgain() {
        say(LogEvents.at(now, "archive pauses archive={}", "nas"));
        say(LogEvents.at(now, "archive pauses archive={}", "nas"));
        say(LogEvents.at(now, "archive pauses archive={}", "nas"));
        now = now.plus(Duration.ofHours(7));
        say(LogEvents.at(now, "archive pauses archive={}", "nas"));

        assertThat(said)
                .containsExactly(
                        "archive pauses archive=nas",
                        "archive pauses archive=nas repeated=2",
                        "archive pauses archive=nas");
    }

    private void say(LoggingEvent event) {
        if (repetitions.decide(event) != FilterReply.DENY) {
            said.add(TextLines.message(event));
        }
    }
}
