package io.backhaul.config;

import io.backhaul.backup.ByteCount;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import io.backhaul.config.Text.Exposure;
import io.backhaul.config.Text.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds of single values that keys have. */
final class Texts {
    /** As {@link SourceName} wants it; archives are named alike, as both become folders and metric labels. */
    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,62}";

    private static final String NAME_RULE =
            "is no name: 1 to 63 of a-z, 0-9, dot, dash and underscore, a letter or digit first";
    private static final Pattern RATE = Pattern.compile("([0-9]{1,12})\\s*([A-Za-z]*)(/s)?");

    private Texts() {}

    /** Anything that is not blank. */
    static Text<String> plain(String want) {
        return new Text<>(want, "", Exposure.PLAIN, type("string"), Parsed.Value::new);
    }

    /** Anything that matches all of a pattern. */
    static Text<String> matching(String want, String pattern) {
        return new Text<>(
                want,
                "",
                Exposure.PLAIN,
                pattern("^" + pattern + "$"),
                text -> text.matches(pattern)
                        ? new Parsed.Value<>(text)
                        : Parsed.refused("is not accepted; want " + want));
    }

    static Text<String> region() {
        return matching("a region such as cn-north-4", "[A-Za-z0-9-]{1,64}");
    }

    /** A password or token: anything at all. */
    static Text<Secret> secret() {
        return new Text<>(
                "a secret, best as ${env:NAME}, ${file:PATH} or ${credential:NAME}",
                "",
                Exposure.SECRET,
                type("string"),
                text -> new Parsed.Value<>(Secret.of(text)));
    }

    /**
     * An access or secret key: white space in it is always a slip of copying, and so is what cannot be seen (a byte order
     * mark, a space that does not break), which no header takes either.
     */
    static Text<Secret> keySecret() {
        return new Text<>(
                "a key of visible ASCII characters, best as ${env:NAME}, ${file:PATH} or ${credential:NAME}",
                "",
                Exposure.SECRET,
                type("string"),
                text -> text.matches("[!-~]+") ? new Parsed.Value<>(Secret.of(text)) : Parsed.refused(""));
    }

    static Text<Integer> integer(int least, int most) {
        return new Text<>(
                "a whole number",
                least + " to " + most,
                Exposure.PLAIN,
                Shape.object("type", "integer", "minimum", least, "maximum", most),
                text -> parseInteger(text, least, most));
    }

    private static Parsed<Integer> parseInteger(String text, int least, int most) {
        if (!text.matches("-?[0-9]{1,18}")) {
            return Parsed.refused("is no whole number");
        }
        var number = Long.parseLong(text);
        if (number < least) {
            return Parsed.refused("is too small");
        }
        return number > most ? Parsed.refused("is too large") : new Parsed.Value<>((int) number);
    }

    static Text<Duration> duration(String least, String most) {
        return new Text<>(
                "a duration such as 90s, 30m, 1h30m or 7d",
                least + " to " + most,
                Exposure.PLAIN,
                pattern(Durations.SHAPE),
                text -> Durations.parse(text, least, most));
    }

    /** Bytes per second. */
    static Text<ByteCount> rate(String least) {
        return new Text<>(
                "a rate such as 200MiB/s",
                least + " up",
                Exposure.PLAIN,
                pattern("^[0-9]{1,12} ?(B|KiB|MiB|GiB|TiB)/s$"),
                text -> parseRate(text, least));
    }

    private static Parsed<ByteCount> parseRate(String text, String least) {
        var matcher = RATE.matcher(text);
        if (!matcher.matches()) {
            return Parsed.refused("is no rate; write for example 200MiB/s");
        }
        if (matcher.group(2).isEmpty()) {
            return Parsed.refused("has no unit; write \"" + matcher.group(1) + "MiB/s\"");
        }
        var amount = matcher.group(1) + matcher.group(2);
        if (!matcher.group(2).matches("B|[KMGT]iB")) {
            return Parsed.refused("has no unit that is known; units are B/s, KiB/s, MiB/s, GiB/s and TiB/s");
        }
        if (matcher.group(3) == null) {
            return Parsed.refused("is no rate; write \"" + amount + "/s\"");
        }
        var rate = Parsed.attempt(ByteCount::parse, amount, "is too large");
        var slowest = ByteCount.parse(least.replace("/s", ""));
        return rate instanceof Parsed.Value<ByteCount> value && value.value().compareTo(slowest) < 0
                ? Parsed.refused("is too slow")
                : rate;
    }

    static Text<ZoneId> timeZone() {
        return new Text<>("a time zone such as Asia/Shanghai", "", Exposure.PLAIN, type("string"), text -> {
            try {
                return new Parsed.Value<>(ZoneId.of(text));
            } catch (DateTimeException e) {
                return Parsed.refused("is no time zone; write for example Asia/Shanghai, Europe/Berlin or UTC");
            }
        });
    }

    /** One of some words. */
    static <T> Text<T> words(List<T> values, Function<T, String> word) {
        var words = values.stream().map(word).toList();
        return new Text<>(
                "one of " + String.join(", ", words), "", Exposure.PLAIN, Shape.object("enum", words), text -> {
                    var index = words.indexOf(text);
                    return index < 0
                            ? Parsed.refused("is not known; " + Suggestion.among(words, text))
                            : new Parsed.Value<>(values.get(index));
                });
    }

    static Text<String> words(String... words) {
        return words(List.of(words), Function.identity());
    }

    static Text<String> name() {
        return new Text<>(
                "a name",
                "",
                Exposure.PLAIN,
                pattern("^" + NAME + "$"),
                text -> text.matches(NAME) ? new Parsed.Value<>(text) : Parsed.refused(NAME_RULE));
    }

    static Text<SourceName> sourceName() {
        return new Text<>(
                "a name",
                "",
                Exposure.PLAIN,
                pattern("^" + NAME + "$"),
                text -> Parsed.attempt(SourceName::new, text, NAME_RULE));
    }

    static Text<InstanceId> instanceId() {
        return new Text<>(
                "an instance id",
                "",
                Exposure.PLAIN,
                type("string"),
                text -> Parsed.attempt(InstanceId::new, text, "is no instance id"));
    }

    static Text<Path> path() {
        return new Text<>("a path", "", Exposure.PLAIN, type("string"), Texts::parsePath);
    }

    private static Parsed<Path> parsePath(String text) {
        if (text.startsWith("~")) {
            return Parsed.refused("begins with \"~\", which only shells understand; write the whole path");
        }
        try {
            return new Parsed.Value<>(Path.of(text));
        } catch (InvalidPathException e) {
            return Parsed.refused("is no path: " + e.getReason());
        }
    }

    /** An absolute http or https URL of a service. */
    static Text<URI> url() {
        return new Text<>(
                "an http or https URL", "", Exposure.URL, pattern("^https?://[^/?#@]+[^?#@]*$"), Texts::parseUrl);
    }

    private static Parsed<URI> parseUrl(String text) {
        try {
            var url = new URI(text);
            if (!("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))) {
                return Parsed.refused("is no URL that begins with https:// or http://");
            }
            if (url.getHost() == null || url.getPort() > 65_535) {
                return Parsed.refused("has no valid host and port");
            }
            if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
                return Parsed.refused("has a user, query or fragment, which an endpoint must not have");
            }
            return new Parsed.Value<>(url);
        } catch (URISyntaxException e) {
            // Its message quotes the whole URL; its reason does not.
            return Parsed.refused("is no URL: " + e.getReason());
        }
    }

    /** A URL that is a secret as a whole: whoever knows it may call it. */
    static Text<Secret> secretUrl() {
        return new Text<>(
                "an http or https URL with a host, without user and fragment",
                "",
                Exposure.SECRET,
                type("string"),
                text -> isCallable(text) ? new Parsed.Value<>(Secret.of(text)) : Parsed.refused(""));
    }

    private static boolean isCallable(String text) {
        try {
            var url = new URI(text);
            return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                    && url.getHost() != null
                    && url.getPort() <= 65_535
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static Text<HostPattern> hostPattern() {
        return new Text<>(
                "a host such as *.myhuaweicloud.com, localhost or 127.0.0.1:8080",
                "",
                Exposure.PLAIN,
                pattern("^" + HostPattern.SHAPE + "$"),
                text -> Parsed.attempt(
                        HostPattern::new,
                        text,
                        "is no host; write a host, host:port, or *.domain.tld with at least two labels after the star"));
    }

    static Map<String, Object> pattern(String pattern) {
        return Shape.object("type", "string", "pattern", pattern);
    }

    private static Map<String, Object> type(String type) {
        return Shape.object("type", type);
    }
}
