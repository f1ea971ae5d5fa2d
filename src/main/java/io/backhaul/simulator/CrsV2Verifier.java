package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Verifies v2's signatures over decoded parameters (tencent-aliyun.md 3.1), and that no request comes twice. Any thread
 * may call.
 */
final class CrsV2Verifier {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final CloudSettings settings;
    private final CrsV2Errors errors;
    private final Clock clock;
    private final UsedMarks nonces = new UsedMarks();

    CrsV2Verifier(CloudSettings settings, CrsV2Errors errors, Clock clock) {
        this.settings = settings;
        this.errors = errors;
        this.clock = clock;
    }

    /** The answer to a request that is not to be believed; empty when it is. */
    Optional<WireAnswer> refusal(WireRequest request, CallForm form) {
        for (var name : List.of("Action", "Region", "SecretId", "Timestamp", "Nonce", "Signature")) {
            if (form.text(name).orElse("").isEmpty()) {
                return Optional.of(errors.common(4000, "InvalidParameter", "(4000)missing parameter " + name));
            }
        }
        if (!form.text("SecretId").orElse("").equals(settings.accessKey())) {
            return Optional.of(errors.common(4104, "AuthFailure", "(4104)the SecretId does not exist"));
        }
        if (!isGenuine(request, form)) {
            return Optional.of(errors.common(4100, "AuthFailure", "(4100)identity authentication failed"));
        }
        if (!form.text("Token").equals(Optional.ofNullable(settings.securityToken()))) {
            return Optional.of(errors.common(4105, "AuthFailure", "(4105)the token is wrong"));
        }
        return timeRefusal(form);
    }

    private Optional<WireAnswer> timeRefusal(CallForm form) {
        var stamp = form.text("Timestamp").orElse("");
        var isInTime = stamp.matches("\\d{1,11}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(stamp)), clock.instant())
                                .abs()
                                .compareTo(TOLERANCE)
                        <= 0;
        if (!isInTime) {
            return Optional.of(errors.common(4200, "RequestExpired", "(4200)the request is expired"));
        }
        return nonces.take(stamp + " " + form.text("Nonce").orElse(""))
                ? Optional.empty()
                : Optional.of(errors.common(4500, "ReplayAttack", "(4500)the request is a replay"));
    }

    private boolean isGenuine(WireRequest request, CallForm form) {
        var isStrong = form.text("SignatureMethod").orElse("").equals("HmacSHA256");
        var text = request.method() + request.header("Host").orElse("") + request.rawPath() + "?"
                + canonical(request, form);
        var mac = Digests.hmac(isStrong ? "HmacSHA256" : "HmacSHA1", settings.secretKey(), text);
        var expected = Base64.getEncoder().encodeToString(mac);
        return MessageDigest.isEqual(
                expected.getBytes(UTF_8), form.text("Signature").orElse("").getBytes(UTF_8));
    }

    private static String canonical(WireRequest request, CallForm form) {
        var isPost = request.method().equals("POST");
        return form.parameters().entrySet().stream()
                .filter(p -> !p.getKey().equals("Signature"))
                .filter(p -> !(isPost && p.getValue().startsWith("@")))
                .map(p -> p.getKey().replace('_', '.') + "=" + p.getValue())
                .collect(Collectors.joining("&"));
    }
}
