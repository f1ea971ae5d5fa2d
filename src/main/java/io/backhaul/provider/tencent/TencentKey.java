package io.backhaul.provider.tencent;

import io.backhaul.provider.Redactor;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Tencent SecretId with its SecretKey, permanent or temporary. Never prints; only this package's signers read the
 * secret.
 */
public final class TencentKey {
    /** What may stand in a header. OkHttp would quote anything else in an exception. */
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

    private final String secretId;
    private final String secretKey;
    private final @Nullable String token;

    private TencentKey(String secretId, String secretKey, @Nullable String token) {
        this.secretId = printable("secret id", secretId);
        this.secretKey = printable("secret key", secretKey);
        this.token = token == null ? null : printable("token", token);
    }

    /**
     * A permanent key.
     *
     * @throws IllegalArgumentException when a part is empty or not printable; the text does not repeat it
     */
    public static TencentKey permanent(String secretId, String secretKey) {
        return new TencentKey(secretId, secretKey, null);
    }

    /**
     * A temporary key with its token.
     *
     * @throws IllegalArgumentException when a part is empty or not printable; the text does not repeat it
     */
    public static TencentKey temporary(String secretId, String secretKey, String token) {
        return new TencentKey(secretId, secretKey, token);
    }

    String secretId() {
        return secretId;
    }

    String secretKey() {
        return secretKey;
    }

    @Nullable
    String token() {
        return token;
    }

    Redactor redactor() {
        return new Redactor(List.of(secretId, secretKey, Objects.requireNonNullElse(token, "")));
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
