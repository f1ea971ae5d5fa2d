package io.backhaul.simulator;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Verifies calls of Alibaba's APIs in both of their ways of signing, their time, and that none comes twice. Statuses and
 * codes of its refusals are as far as they are known (tencent-aliyun.md 4.3). Any thread may call.
 */
final class AcsVerifier {
    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    private final CloudSettings settings;
    private final OceanBaseErrors errors;
    private final Clock clock;
    private final Acs3Signature acs3;
    private final RpcSignature rpc;
    private final UsedMarks nonces = new UsedMarks();

    AcsVerifier(CloudSettings settings, OceanBaseErrors errors, Clock clock) {
        this.settings = settings;
        this.errors = errors;
        this.clock = clock;
        this.acs3 = new Acs3Signature(settings.secretKey());
        this.rpc = new RpcSignature(settings.secretKey());
    }

    /** The answer to a request that is not to be believed; empty when it is. */
    Optional<WireAnswer> refusal(WireRequest request, CallForm form) {
        var claim = request.header("Authorization").isPresent() ? acs3.claim(request) : rpc.claim(request, form);
        return claim.map(this::refusal)
                .orElseGet(() -> refuse(
                        400, "IncompleteSignature", "The request signature does not conform to Aliyun standards."));
    }

    private Optional<WireAnswer> refusal(AcsClaim claim) {
        if (!claim.keyId().equals(settings.accessKey())) {
            return refuse(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        }
        var token = settings.securityToken() == null ? "" : settings.securityToken();
        if (!claim.token().equals(token)) {
            return claim.token().isEmpty()
                    ? refuse(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
                    : refuse(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.");
        }
        var at = instant(claim.stamp());
        if (at.isEmpty()) {
            return refuse(400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
        }
        if (Duration.between(at.get(), clock.instant()).abs().compareTo(TOLERANCE) > 0) {
            return refuse(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
        }
        if (!claim.isGenuine()) {
            return refuse(
                    400,
                    "SignatureDoesNotMatch",
                    "Specified signature is not matched with our calculation. server string to sign is:"
                            + claim.textToSign());
        }
        return nonces.take(claim.nonce())
                ? Optional.empty()
                : refuse(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
    }

    private Optional<WireAnswer> refuse(int status, String code, String message) {
        return Optional.of(errors.error(status, code, message));
    }

    /** Whole seconds in UTC, and in no other form. */
    private static Optional<Instant> instant(String stamp) {
        try {
            return stamp.length() == "2026-11-21T00:00:00Z".length() && stamp.endsWith("Z")
                    ? Optional.of(Instant.parse(stamp))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
