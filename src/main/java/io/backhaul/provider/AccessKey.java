package io.backhaul.provider;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of an access key with its secret, permanent or temporary: what every cloud signs with, whatever it calls the
 * parts. Never prints; only signers read the secret.
 */
public final class AccessKey {
    /** What may stand in a header. OkHttp would quote anything else in an exception. */
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

    private final String id;
    private final String secret;
    private final @Nullable String token;

    private AccessKey(String id, String secret, @Nullable String token) {
        this.id = printable("access key", id);
        this.secret = printable("secret key", secret);
        this.token = token == null ? null : printable("session token", token);
    }

    /**
     * A permanent key.
     *
     * @throws IllegalArgumentException when a part is empty or not printable; the text does not repeat it
     */
    public static AccessKey permanent(String id, String secret) {
        return new AccessKey(id, secret, null);
    }

    /**
     * A temporary key with its session token.
     *
     * @throws IllegalArgumentException when a part is empty or not printable; the text does not repeat it
     */
    public static AccessKey temporary(String id, String secret, String token) {
        return new AccessKey(id, secret, token);
    }

    /** What the provider knows the key by: no secret, and still not for logs. */
    public String id() {
        return id;
    }

    /** For signers only. */
    public String secret() {
        return secret;
    }

    /** For signers only; null for a permanent key. */
    public @Nullable String token() {
        return token;
    }

    /** Hides every part of this key. */
    public Redactor redactor() {
        return new Redactor(List.of(id, secret, Objects.requireNonNullElse(token, "")));
    }

    private static String printable(String what, String value) {
        if (!PRINTABLE.matcher(value).matches()) {
            throw new IllegalArgumentException("the " + what + " is empty or has characters that no key has");
        }
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
