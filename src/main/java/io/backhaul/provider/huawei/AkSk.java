package io.backhaul.provider.huawei;

import io.backhaul.provider.Redactor;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Huawei access key with its secret, permanent or temporary. Never prints; only this package's signer reads the
 * secret.
 */
public final class AkSk implements HuaweiCredential {
    /** What may stand in a header. OkHttp would quote anything else in an exception. */
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

    private final String accessKey;
    private final String secretKey;
    private final @Nullable String securityToken;

    private AkSk(String accessKey, String secretKey, @Nullable String securityToken) {
        this.accessKey = printable("access key", accessKey);
        this.secretKey = printable("secret key", secretKey);
        this.securityToken = securityToken == null ? null : printable("security token", securityToken);
    }

    /**
     * A permanent key.
     *
     * @throws IllegalArgumentException when a part is empty or not printable; the text does not repeat it
     */
    public static AkSk permanent(String accessKey, String secretKey) {
        return new AkSk(accessKey, secretKey, null);
    }

    /**
     * A temporary key with its security token.
     *
     * @throws IllegalArgumentException when a part is empty or not printable; the text does not repeat it
     */
    public static AkSk temporary(String accessKey, String secretKey, String securityToken) {
        return new AkSk(accessKey, secretKey, securityToken);
    }

    String accessKey() {
        return accessKey;
    }

    String secretKey() {
        return secretKey;
    }

    @Nullable
    String securityToken() {
        return securityToken;
    }

    Redactor redactor() {
        return new Redactor(List.of(accessKey, secretKey, Objects.requireNonNullElse(securityToken, "")));
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
