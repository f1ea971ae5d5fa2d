package io.backhaul.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.provider.Asked.Failed;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LenientJsonTest {
    private static final ApiRequest REQUEST = ApiRequest.get("op", "", URI.create("https://cloud.example"), "/");

    @Test
    void aTextMayStandAsNumberOrBoolean() {
        var fields = parse("{\"a\":\"text\",\"b\":0,\"c\":true,\"d\":1.5}");
        assertThat(List.of(text(fields, "a"), text(fields, "b"), text(fields, "c"), text(fields, "d")))
                .containsExactly("text", "0", "true", "1.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "\"\"", "\" \"", "{\"b\":1}"})
    void nothingHasManySpellings(String nothing) {
        assertThat(parse("{\"a\":" + nothing + "}").text("a")).isEmpty();
        assertThat(parse("{\"a\":" + nothing + "}").number("a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"12,12", "'\"12\"',12", "'\" 12 \"',12", "12.0,12", "9007199254740993,9007199254740993"})
    void aNumberMayStandAsText(String given, long number) {
        assertThat(parse("{\"a\":" + given + "}").number("a")).isEqualTo(OptionalLong.of(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"twelve\"", "1.5", "1e30", "true", "\"99999999999999999999999999\"", "\"1e999999999\""})
    void whatIsNoWholeNumberIsNone(String given) {
        assertThat(parse("{\"a\":" + given + "}").number("a")).isEmpty();
    }

    /** Jackson's own limit on exponents ends in an exception that is none of Jackson's. */
    @Test
    void aNumberBeyondAllLimitsIsNoJson() {
        assertThat(LenientJson.parse("{\"a\":1E-9999999990}")).isEmpty();
    }

    @Test
    void aTimeThatNoBackupCanHaveIsNone() {
        var fields =
                parse("{\"a\":\"+1000000-01-01T00:00:00Z\",\"b\":\"1970-01-01T00:00:00Z\",\"c\":9223372036854775807}");
        assertThat(fields.time("a", ZoneOffset.UTC)).isEmpty();
        assertThat(fields.time("b", ZoneOffset.UTC)).isEmpty();
        assertThat(fields.epochMillis("c")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2019-05-10T08:31:16Z",
                "2019-05-10T08:31:16.000Z",
                "2019-05-10T16:31:16.000000+08:00",
                "2019-05-10T16:31:16+0800",
                "2019-05-10 08:31:16",
                "2019-05-10T08:31:16"
            })
    void timesComeInManyForms(String given) {
        assertThat(parse("{\"a\":\"" + given + "\"}").time("a", ZoneOffset.UTC))
                .contains(Instant.parse("2019-05-10T08:31:16Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2018-08-016T10:15:14+0800", "2019-05-10"})
    void whatIsNoTimeIsNone(String given) {
        assertThat(parse("{\"a\":\"" + given + "\"}").time("a", ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void anElementThatIsNoObjectIsARowWithoutFields() {
        var rows = parse("{\"a\":[{\"b\":1},7,null]}").list("a").orElseThrow();
        assertThat(rows.stream().map(row -> row.text("b").orElse("-"))).containsExactly("1", "-", "-");
        assertThat(parse("{\"a\":{}}").list("a")).isEmpty();
    }

    @Test
    void whatWasGivenIsKeptVerbatim() {
        assertThat(parse("{\"a\":\" x \",\"b\":{},\"c\":7}").given(List.of("a", "b", "c", "d")))
                .isEqualTo(Map.of("a", " x ", "c", "7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "[]", "7", "{\"a\":", "<html>busy</html>", "{} {}", "{\"a\":NaN}"})
    void whatIsNoJsonObjectIsNoUsableAnswer(String body) {
        assertThat(LenientJson.read(REQUEST, new ApiAnswer(200, Map.of(), body, null), new Redactor(List.of())))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.why())
                                .isInstanceOf(Setback.Unavailable.class)
                                .extracting(Object::toString)
                                .asString()
                                .contains("op: HTTP 200 with "));
    }

    @Test
    void nestingIsBounded() {
        var deep = "{\"a\":".repeat(5000) + "1" + "}".repeat(5000);
        assertThat(LenientJson.parse(deep)).isEmpty();
    }

    @Test
    void fieldsPrintTheirNamesOnly() {
        assertThat(parse("{\"link\":\"https://secret\"}")).hasToString("Fields[link]");
    }

    private static Fields parse(String json) {
        return LenientJson.parse(json).orElseThrow();
    }

    private static String text(Fields fields, String name) {
        return fields.text(name).orElseThrow();
    }
}
