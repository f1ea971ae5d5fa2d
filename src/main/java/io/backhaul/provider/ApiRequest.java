package io.backhaul.provider;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request to a provider's API, byte for byte as it will be sent, so that what is signed is what travels. Prints
 * without query, headers and body: signatures and tokens live there.
 *
 * @param operation what kind of question this is, for limits and metrics: one of a few words
 * @param subject which thing it is about, for people: {@code instance=… backup=…}, may be empty
 * @param endpoint scheme, host and port, and a path prefix where there is one
 * @param path below the endpoint, percent-encoded, with its leading slash
 * @param query names and values, not encoded
 * @param headers all but Host, Content-Type and User-Agent
 */
public record ApiRequest(
        String method,
        String operation,
        String subject,
        URI endpoint,
        String path,
        List<Parameter> query,
        Map<String, String> headers,
        @Nullable Body body) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** A query parameter, not encoded. */
    public record Parameter(String name, String value) {}

    /** What is sent with the request; the content type goes out exactly as given. */
    public record Body(String contentType, String text) {
        /** A form with these fields, in their order. */
        public static Body form(List<Parameter> fields) {
            return new Body("application/x-www-form-urlencoded", encoded(fields));
        }

        @Override
        public String toString() {
            return contentType + ", " + text.length() + " characters";
        }
    }

    /** @throws IllegalArgumentException when the endpoint is no http or https URL with a host */
    public ApiRequest {
        query = List.copyOf(query);
        headers = Map.copyOf(headers);
        if (endpoint.getHost() == null || !SCHEMES.contains(String.valueOf(endpoint.getScheme()))) {
            throw new IllegalArgumentException("an endpoint is no http(s) URL: operation=" + operation);
        }
    }

    /** A GET without parameters or headers yet. */
    public static ApiRequest get(String operation, String subject, URI endpoint, String path) {
        return new ApiRequest("GET", operation, subject, endpoint, path, List.of(), Map.of(), null);
    }

    /** A POST of JSON; the text is sent as it stands. */
    public static ApiRequest post(String operation, String subject, URI endpoint, String path, String json) {
        var body = new Body("application/json", json);
        return new ApiRequest("POST", operation, subject, endpoint, path, List.of(), Map.of(), body);
    }

    /** The same, its path continuing this one, which starts with a slash and ends without. */
    public ApiRequest below(String parent) {
        return new ApiRequest(method, operation, subject, endpoint, parent + path, query, headers, body);
    }

    /** The same with one more query parameter. */
    public ApiRequest asking(String name, String value) {
        var more = new ArrayList<>(query);
        more.add(new Parameter(name, value));
        return new ApiRequest(method, operation, subject, endpoint, path, more, headers, body);
    }

    /** The same with one more header. */
    public ApiRequest with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiRequest(method, operation, subject, endpoint, path, query, more, body);
    }

    /** The Host header as it will be sent: no default port, lower case. */
    public String host() {
        var standard = endpoint.getScheme().equals("https") ? 443 : 80;
        var port = endpoint.getPort() < 0 || endpoint.getPort() == standard ? "" : ":" + endpoint.getPort();
        return endpoint.getHost().toLowerCase(Locale.ROOT) + port;
    }

    /** The path as it will be sent, the endpoint's prefix included. */
    public String rawPath() {
        var prefix = endpoint.getRawPath() == null ? "" : endpoint.getRawPath().replaceAll("/+$", "");
        return prefix + path;
    }

    /** The query as it will be sent, without its question mark; empty when there is none. */
    public String rawQuery() {
        return encoded(query);
    }

    private static String encoded(List<Parameter> parameters) {
        return parameters.stream()
                .map(p -> PercentEncoding.encode(p.name()) + "=" + PercentEncoding.encode(p.value()))
                .collect(Collectors.joining("&"));
    }

    /** What is asked, about what: the start of every reason. */
    public String asked() {
        return subject.isEmpty() ? operation : operation + " " + subject;
    }

    @Override
    public String toString() {
        return method + " " + endpoint.getScheme() + "://" + host() + rawPath();
    }
}
