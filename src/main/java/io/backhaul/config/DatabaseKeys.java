package io.backhaul.config;

import io.backhaul.config.Text.Exposure;
import io.backhaul.config.Text.Parsed;
import java.util.regex.Pattern;

/** The keys of {@code database}. */
final class DatabaseKeys {
    /** pgjdbc takes all of these from the URL, where every log line about the connection would show them. */
    private static final Pattern CREDENTIALS = Pattern.compile("@|[?&](user|password|sslpassword)=");

    private static final Key<String> URL = Key.required(
            "url",
            new Text<>(
                    "a PostgreSQL JDBC URL",
                    "",
                    Exposure.URL,
                    Texts.pattern("^jdbc:postgresql:.+$"),
                    DatabaseKeys::parseUrl),
            "jdbc:postgresql://db/backhaul",
            "JDBC URL of the operator's own PostgreSQL; options after a question mark, but no credentials.");
    private static final Key<String> USER =
            Key.required("user", Texts.plain("a user name"), "backhaul", "Role that owns Backhaul's schema.");
    private static final Key<Secret> PASSWORD =
            Key.required("password", Texts.secret(), "${credential:db-password}", "Password of that role.");

    static final Fields FIELDS = Fields.of(URL, USER, PASSWORD);

    private DatabaseKeys() {}

    static DatabaseConfig build(Section section) {
        return new DatabaseConfig(section.value(URL), section.value(USER), section.value(PASSWORD));
    }

    private static Parsed<String> parseUrl(String text) {
        if (!text.startsWith("jdbc:postgresql:")) {
            return Parsed.refused("does not begin with jdbc:postgresql:");
        }
        return CREDENTIALS.matcher(text).find()
                ? Parsed.refused("carries credentials; write them at the keys user and password")
                : new Parsed.Value<>(text);
    }
}
