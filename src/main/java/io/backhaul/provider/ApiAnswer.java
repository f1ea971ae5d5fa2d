package io.backhaul.provider;

import io.backhaul.backup.RetryAfter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's API sent back, whatever its status. Prints without headers and body: links and tokens live there.
 *
 * @param headers by lower-case name; of several with one name, the last
 * @param date the provider's time, from the Date header; null when there is none or it cannot be read
 */
public record ApiAnswer(
        int status,
        Map<String, String> headers,
        String body,
        @Nullable Instant date) {
    public ApiAnswer {
        headers = Map.copyOf(headers);
    }

    /** A header by its name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** When to ask again, in our time; null when it does not say. */
    public @Nullable Instant retryAfter(Instant now) {
        return RetryAfter.of(headers.get("retry-after"), date, now);
    }

    /** Tells whether the status is one of success. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Tells whether the body is a page for people: a proxy's or a load balancer's, not the API's. */
    public boolean isHtml() {
        var start = body.stripLeading().toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype") || start.startsWith("<html");
    }

    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length() + " characters";
    }
}
