package io.backhaul.backup;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;

/**
 * A provider-issued download link: a bearer secret. It prints without its query, so that no log line, exception or
 * metric can give it away; only {@link #reveal()} hands out the exact bytes, and only {@code transfer} (to fetch) and
 * {@code catalog} (to keep it while it lives) may call that.
 */
public final class SignedUrl {
    private final String url;
    private final URI uri;

    private SignedUrl(String url, URI uri) {
        this.url = url;
        this.uri = uri;
    }

    /**
     * Takes a link as the provider gave it.
     *
     * @throws IllegalArgumentException when it is no absolute http or https URL; the text does not repeat the link
     */
    public static SignedUrl of(String url) {
        try {
            var uri = new URI(url);
            var scheme = uri.getScheme();
            if (uri.getHost() == null || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
                throw new IllegalArgumentException("a link is no absolute http(s) URL");
            }
            return new SignedUrl(url, uri);
        } catch (URISyntaxException e) {
            // The exception quotes its input, which is the secret: neither it nor its text may travel on.
            throw new IllegalArgumentException(
                    "a link is no valid URL: " + e.getReason() + " at index " + e.getIndex());
        }
    }

    /** The link byte for byte, as it must be sent. */
    public String reveal() {
        return url;
    }

    /** The query as given, undecoded; empty when there is none. Holds the expiry and the signature. */
    public String rawQuery() {
        return Objects.requireNonNullElse(uri.getRawQuery(), "");
    }

    /** Scheme, host, port and path: what may be kept for good and shown. */
    public String withoutQuery() {
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + Objects.requireNonNullElse(uri.getRawPath(), "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedUrl that && url.equals(that.url);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }

    @Override
    public String toString() {
        return withoutQuery();
    }
}
