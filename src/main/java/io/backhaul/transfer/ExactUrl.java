package io.backhaul.transfer;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Makes OkHttp send a link's path and query byte for byte (DESIGN 5, rule 4).
 *
 * <p>OkHttp's own parser is no way: it turns {@code '} in a query into {@code %27}, resolves {@code .}, {@code ..} and
 * {@code %2e%2e}, and escapes what is not ASCII, each of which breaks a signature. Its builder however keeps what was
 * put into its lists. They are internal to OkHttp but plain methods in the byte code, so that a version without them
 * does not compile here; and what was built is compared, so that a version which changes their meaning sends nothing.
 */
final class ExactUrl {
    private ExactUrl() {}

    /** The same URL for OkHttp, or empty when it could not be sent exactly as it stands. */
    static Optional<HttpUrl> of(URI link) {
        try {
            var url = build(link);
            return target(link).equals(target(url)) ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a host or port that OkHttp does not take; its text quotes it
        }
    }

    private static HttpUrl build(URI link) {
        var path = Objects.requireNonNullElse(link.getRawPath(), "");
        var query = link.getRawQuery();
        var builder = new HttpUrl.Builder().scheme(link.getScheme()).host(link.getHost());
        if (link.getPort() >= 0) {
            builder.port(link.getPort());
        }
        var segments = builder.getEncodedPathSegments$okhttp();
        segments.clear();
        segments.addAll(List.of((path.isEmpty() ? "/" : path).substring(1).split("/", -1)));
        if (query != null) {
            // one "name" without "=": the query as a whole
            var whole = new ArrayList<String>();
            whole.add(query);
            whole.add(null);
            builder.setEncodedQueryNamesAndValues$okhttp(whole);
        }
        return builder.build();
    }

    /** What stands between method and version on the request line. */
    static String target(URI link) {
        var path = Objects.requireNonNullElse(link.getRawPath(), "");
        var query = link.getRawQuery();
        return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    private static String target(HttpUrl url) {
        var query = url.encodedQuery();
        return url.encodedPath() + (query == null ? "" : "?" + query);
    }
}
