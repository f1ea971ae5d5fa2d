package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.backhaul.Dice;
import io.backhaul.backup.Expiry;
import io.backhaul.backup.SignedUrl;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LenientJson;
import io.backhaul.provider.LinkExpiry;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever an answer is mutated into: an outcome that is declared comes out, in bounds, and no exception. */
class HuaweiFuzzTest {
    private static final int ROUNDS = 6_000;
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final ApiRequest REQUEST = ApiRequest.get("links", "", URI.create("https://x"), "/");
    private static final Redactor REDACTOR = new Redactor(List.of());
    private static final String LINK = "https://b.obs.x.com:443/k?AWSAccessKeyId=A&Expires=1795266000&Signature=x%3D";

    private static final List<String> ANSWERS = List.of(
            "{\"total_num\":1,\"backup_record_response\":[" + Dcs.backup("b1", "succeed") + "]}",
            "{\"instance_num\":1,\"instances\":[{\"instance_id\":\"i\",\"name\":\"n\",\"capacity\":2,\"tags\":[{}]}]}",
            "{\"file_path\":\"b/\",\"links\":[{\"file_name\":\"f\",\"link\":\"" + LINK + "\"}]}",
            "{\"graph_count\":1,\"graphs\":[{\"id\":\"g\",\"name\":\"n\",\"status\":\"200\"}]}",
            "{\"backup_count\":1,\"backup_list\":[" + Ges.backup("b1", "success") + "]}",
            "{\"bucket\":\"b\",\"files\":[" + Ges.file("f", LINK, "2026-11-021T20:30:00+0800") + "]}",
            "{\"projects\":[{\"id\":\"p1\"}],\"token\":{\"expires_at\":\"2026-11-22T12:00:00.701000Z\"}}",
            "{\"error_code\":\"GES.7006\",\"error_msg\":\"internal\"}",
            "{\"error\":{\"code\":401,\"message\":\"no\",\"title\":\"Unauthorized\"}}",
            "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>no</Message></Error>");

    private static final List<String> QUERIES = List.of(
            "AWSAccessKeyId=A&Expires=1795266000&Signature=x%3D",
            "AccessKeyId=A&Expires=1795266000&Signature=x&x-obs-security-token=t",
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261121T120000Z&X-Amz-Expires=3600&X-Amz-Signature=x",
            "x-oss-date=20261121T120000Z&x-oss-expires=3600",
            "q-sign-time=1795262400%3B1795266000&q-key-time=1%3B2",
            "sign=q-sign-time%3D1795262400%3B1795266000");

    /** What breaks parsers: ends of ranges, other types, other alphabets, depth. */
    private static final List<String> POISONS = List.of(
            "null",
            "{}",
            "[]",
            "\"\"",
            "0",
            "-1",
            "1e400",
            "9223372036854775808",
            "1E-999999999",
            "true",
            "\\u0000",
            "😀",
            "\ud800",
            "%",
            "%00",
            "%zz",
            "&",
            "=",
            ";",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "T",
            "Z",
            "+0800",
            "0000-00-00",
            "999999999",
            "+1000000000-01-01T00:00:00Z",
            "[".repeat(5000),
            "x".repeat(5000),
            "\n",
            "<",
            ">");

    private final Dice dice = Dice.of(HuaweiFuzzTest.class);

    @Test
    void everyReaderTakesEveryAnswer() {
        for (var n = 0; n < ROUNDS; n++) {
            var body = mutated(dice.oneOf(ANSWERS));
            assertThatCode(() -> readAll(body)).as("%s, answer %s", dice, body).doesNotThrowAnyException();
        }
    }

    @Test
    void everyRefusalHasASetbackOfOneShortLine() {
        var errors = new HuaweiErrors(() -> REDACTOR);
        for (var n = 0; n < ROUNDS; n++) {
            var answer = answer(100 + dice.below(900), mutated(dice.oneOf(ANSWERS)));
            var setback = errors.setback(REQUEST, answer, NOW);
            assertThat(setback.reason())
                    .as("%s, %s", dice, answer.body())
                    .hasSizeLessThan(1000)
                    .doesNotContain("\n");
        }
    }

    @Test
    void everyLinkHasAnExpiryNearItsIssue() {
        for (var n = 0; n < ROUNDS; n++) {
            var query = mutated(dice.oneOf(QUERIES));
            try {
                var link = SignedUrl.of("https://b.obs.x.com/k?" + query);
                assertIsNear(LinkExpiry.of(link, NOW, Duration.ofHours(1)), query);
            } catch (IllegalArgumentException declared) {
                assertThat(declared).as("%s, %s", dice, query).hasMessageStartingWith("a link is no ");
            }
        }
    }

    @Test
    void everyTimeOfAFieldIsOneOrNone() {
        for (var n = 0; n < ROUNDS; n++) {
            var text = mutated("2026-11-021T20:30:00+0800");
            assertThat(GesLinks.time(text, NOW))
                    .as("%s, %s", dice, text)
                    .satisfiesAnyOf(
                            time -> assertThat(time).isEmpty(),
                            time -> assertThat(time.orElseThrow())
                                    .isBetween(NOW.minusSeconds(60), NOW.plusSeconds(3660)));
        }
    }

    private void readAll(String body) {
        var answer = answer(200, body);
        if (LenientJson.read(REQUEST, answer, REDACTOR) instanceof Asked.Got<Fields> got) {
            var fields = got.value();
            Stream.of("instances", "backup_record_response", "graphs", "backup_list")
                    .flatMap(list -> fields.list(list).stream())
                    .flatMap(List::stream)
                    .forEach(HuaweiFuzzTest::readRow);
            assertIsDeclared(DcsLinks.read(fields, "links", NOW, Duration.ofHours(1)), body);
            assertIsDeclared(GesLinks.read(fields, "links", NOW), body);
            IamProjects.read(REQUEST, "r", fields);
            HuaweiError.of(answer);
        }
    }

    private static void readRow(Fields row) {
        DcsRows.instance(row);
        GesRows.graph(row);
        Stream.of(DcsRows.backup(row), GesRows.backup(row))
                .flatMap(backup -> backup.stream())
                // What a database can hold.
                .forEach(backup -> assertThat(backup.createdAt())
                        .isBetween(Instant.parse("2000-01-01T00:00:00Z"), Instant.parse("2200-01-01T00:00:00Z")));
    }

    private void assertIsDeclared(LinksOutcome outcome, String body) {
        switch (outcome) {
            case LinksOutcome.Granted granted ->
                granted.grant().files().forEach(file -> assertIsNear(file.expiry(), body));
            case Setback setback -> assertThat(setback.reason()).hasSizeLessThan(1000);
            case LinksOutcome.Preparing preparing -> throw new AssertionError("Huawei prepares nothing");
        }
    }

    private void assertIsNear(Expiry expiry, String input) {
        assertThat(Duration.between(NOW, expiry.at()).abs())
                .as("%s, %s", dice, input)
                .isLessThanOrEqualTo(Duration.ofDays(8));
    }

    private String mutated(String text) {
        var mutant = new StringBuilder(text);
        for (var left = 1 + dice.below(4); left > 0; left--) {
            var from = dice.below(mutant.length() + 1);
            var to = Math.min(mutant.length(), from + dice.below(8));
            switch (dice.below(5)) {
                case 0 -> mutant.delete(from, to);
                case 1 -> mutant.insert(from, dice.oneOf(POISONS));
                case 2 -> mutant.replace(from, to, dice.oneOf(POISONS));
                case 3 -> mutant.insert(from, mutant.substring(from, to));
                default -> mutant.setLength(from);
            }
        }
        return mutant.toString();
    }

    private static ApiAnswer answer(int status, String body) {
        return new ApiAnswer(status, Map.of(), body, null);
    }
}
