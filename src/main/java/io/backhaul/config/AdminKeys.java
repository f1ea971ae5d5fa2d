package io.backhaul.config;

import io.backhaul.config.Text.Exposure;
import io.backhaul.config.Text.Parsed;
import java.util.regex.Pattern;

/** The keys of {@code admin}. */
final class AdminKeys {
    private static final String SHAPE = "(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+):([0-9]{1,5})";
    private static final Pattern WRITTEN = Pattern.compile(SHAPE);

    private static final Key<Listen> LISTEN = Key.defaulted(
            "listen",
            new Text<>("host:port", "", Exposure.PLAIN, Texts.pattern("^" + SHAPE + "$"), AdminKeys::parseListen),
            "127.0.0.1:9464",
            "Address of metrics, health and status page; port 0 takes a free one.");
    private static final Key<Secret> TOKEN = Key.optional(
            "token", Texts.keySecret(), "Bearer token of calls that act; there are none yet, so it has no effect.");

    static final Fields FIELDS = Fields.of(LISTEN, TOKEN);

    private AdminKeys() {}

    private record Listen(String host, int port) {}

    static AdminConfig build(Section section) {
        var listen = section.value(LISTEN);
        return new AdminConfig(listen.host(), listen.port(), section.find(TOKEN));
    }

    private static Parsed<Listen> parseListen(String text) {
        var matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            return Parsed.refused("is no host:port");
        }
        var port = Integer.parseInt(matcher.group(2));
        return port > 65_535
                ? Parsed.refused("has a port above 65535")
                : new Parsed.Value<>(new Listen(matcher.group(1).replaceAll("[\\[\\]]", ""), port));
    }
}
