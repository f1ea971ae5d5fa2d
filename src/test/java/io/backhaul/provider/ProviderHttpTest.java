package io.backhaul.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.ManualClock;
import io.backhaul.config.Trust;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.provider.Setback.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderHttpTest {
    private final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
    private final ScriptedCloud cloud = ScriptedCloud.start();
    private final ProviderHttp http = new ProviderHttp(clock, CallTimeouts.DEFAULT, Trust.ofSystem(), "1.2.3");

    @AfterEach
    void stop() throws IOException {
        http.close();
        cloud.close();
    }

    @Test
    void sendsExactlyWhatTheRequestSaysAndWhoWeAre() {
        cloud.then(Reply.json("{}"));
        http.call(ApiRequest.post("op", "", endpoint("/prefix/"), "/v2/x", "{\"a\":1}")
                .asking("z", "a b*c~/=&+%41ä")
                .asking("empty", "")
                .with("X-Thing", "thing"));
        var wire = cloud.received().getFirst();
        assertThat(wire.method()).isEqualTo("POST");
        assertThat(wire.target()).isEqualTo("/prefix/v2/x?z=a%20b%2Ac~%2F%3D%26%2B%2541%C3%A4&empty=");
        assertThat(wire.header("Content-Type")).isEqualTo("application/json");
        assertThat(wire.header("Content-Length")).isEqualTo("7");
        assertThat(wire.header("User-Agent")).isEqualTo("backhaul/1.2.3");
        assertThat(wire.header("X-Thing")).isEqualTo("thing");
        assertThat(wire.header("Host")).isEqualTo(get().host());
        assertThat(wire.body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void doesNotFollowARedirectWithItsSignature() {
        cloud.then(Reply.of(302, "", "Location: " + cloud.endpoint() + "/elsewhere"));
        assertThat(http.call(get()))
                .isInstanceOfSatisfying(
                        Got.class, got -> assertThat(got.value()).hasToString("HTTP 302, 0 characters"));
        assertThat(cloud.received()).hasSize(1);
    }

    @Test
    void sendsNoCookiesBack() {
        cloud.then(Reply.json("{}", "Set-Cookie: session=1")).then(Reply.json("{}"));
        http.call(get());
        http.call(get());
        assertThat(cloud.received().getLast().headers()).doesNotContainKey("cookie");
    }

    @Test
    void asksOnceEvenWhenTheConnectionBreaks() {
        cloud.then(Reply.hangUp()).then(Reply.json("{}"));
        assertThat(reasonOf(http.call(get()))).startsWith("op thing=1: no answer from 127.0.0.1:");
        assertThat(cloud.received()).hasSize(1);
    }

    @Test
    void aKeptConnectionThatWasClosedMeanwhileIsReplacedByAFreshOne() {
        cloud.then(new Reply("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")).then(Reply.json("{}"));
        assertThat(http.call(get())).isInstanceOf(Got.class);
        assertThat(http.call(get())).isInstanceOf(Got.class);
        assertThat(cloud.received()).hasSize(2);
    }

    @Test
    void aBodyThatEndsEarlyIsNoAnswer() {
        cloud.then(new Reply("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"total\":"));
        assertThat(reasonOf(http.call(get()))).contains("no answer from");
    }

    @Test
    void aBodyOverTheCapIsNoAnswer() {
        cloud.then(Reply.json("x".repeat((int) ProviderHttp.LARGEST_BODY + 1)));
        assertThat(reasonOf(http.call(get()))).isEqualTo("op thing=1: the answer is larger than 8 MiB");
    }

    @Test
    void aBodyAtTheCapIsRead() {
        cloud.then(Reply.json("x".repeat((int) ProviderHttp.LARGEST_BODY)));
        assertThat(http.call(get())).isInstanceOf(Got.class);
    }

    @Test
    void aSilentProviderTimesOut() {
        var soon = Duration.ofMillis(200);
        cloud.thenSilence();
        try (var hasty = new ProviderHttp(clock, new CallTimeouts(soon, soon, soon), Trust.ofSystem(), "1")) {
            assertThat(reasonOf(hasty.call(get()))).contains("timeout");
        }
    }

    @Test
    void anAbsentProviderIsUnavailable() {
        // A port that was free a moment ago may be another test's by now; nobody serves HTTP on this one.
        var nobody = ApiRequest.get("op", "thing=1", URI.create("http://127.0.0.1:1"), "/v2/x");
        assertThat(reasonOf(http.call(nobody))).contains("ConnectException");
    }

    @Test
    void theOffsetIsMeasuredFromTheMiddleOfTheCall() {
        cloud.then(request -> {
            clock.advance(Duration.ofSeconds(4));
            return Reply.json("{}", "Date: Sat, 21 Nov 2026 12:00:32 GMT");
        });
        http.call(get());
        assertThat(http.clockOffset()).isEqualTo(Duration.ofSeconds(30));
        assertThat(http.providerNow()).isEqualTo("2026-11-21T12:00:34Z");
    }

    @Test
    void theLatestDateCountsAndAnAbsentOneChangesNothing() {
        assertThat(http.clockOffset()).isZero();
        cloud.then(Reply.json("{}", "Date: Sat, 21 Nov 2026 11:00:00 GMT"))
                .then(Reply.of(500, "", "Date: Sat, 21 Nov 2026 12:10:00 GMT"))
                .then(Reply.json("{}"))
                .then(Reply.json("{}", "Date: yesterday"));
        http.call(get());
        assertThat(http.clockOffset()).isEqualTo(Duration.ofHours(-1));
        http.call(get());
        http.call(get());
        http.call(get());
        assertThat(http.clockOffset()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aHeaderThatCannotBeWrittenIsOurBugAndIsNotQuoted() {
        var request = get().with("X-Security-Token", "secret\nvalue");
        assertThatThrownBy(() -> http.call(request))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a request cannot be written: op thing=1")
                .hasNoCause();
    }

    private ApiRequest get() {
        return ApiRequest.get("op", "thing=1", cloud.endpoint(), "/v2/x");
    }

    private URI endpoint(String prefix) {
        return URI.create(cloud.endpoint() + prefix);
    }

    private static String reasonOf(Asked<?> asked) {
        assertThat(asked).isInstanceOf(Failed.class);
        var why = ((Failed<?>) asked).why();
        assertThat(why).isInstanceOf(Unavailable.class);
        return why.reason();
    }
}
