package io.backhaul.simulator;

import java.time.Clock;
import java.util.Optional;

/** What stands before all of Huawei's APIs: signatures, keys that are locked, and tokens. Any thread may call. */
final class HuaweiGateway {
    private static final String PREFIX = "Incorrect IAM authentication information: ";
    private static final String LOCKED = "AK access failed to reach the limit,forbidden";

    private final CloudSettings settings;
    private final AkSkVerifier verifier;
    private final KeyLock lock;
    private final IamAccount iam;
    private final HuaweiErrors errors;

    HuaweiGateway(CloudSettings settings, Clock clock, IamAccount iam, HuaweiErrors errors) {
        this.settings = settings;
        this.verifier = new AkSkVerifier(settings, clock);
        this.lock = new KeyLock(clock);
        this.iam = iam;
        this.errors = errors;
    }

    /** The answer to a request that is turned away at the door; empty when it may enter. */
    Optional<WireAnswer> refusal(WireRequest request) {
        var token = request.header("X-Auth-Token");
        return token.isPresent() ? tokenRefusal(token.get()) : signatureRefusal(request);
    }

    private Optional<WireAnswer> tokenRefusal(String token) {
        return switch (iam.standing(token)) {
            case GOOD -> Optional.empty();
            case ENDED -> Optional.of(errors.error(401, "APIGW.0307", "The token must be updated."));
            case UNKNOWN -> Optional.of(unauthorized("decrypt token fail"));
        };
    }

    private Optional<WireAnswer> signatureRefusal(WireRequest request) {
        var isOurs = AkSkVerifier.accessKey(request).orElse("").equals(settings.accessKey());
        if (isOurs && lock.isLocked()) {
            return Optional.of(unauthorized(LOCKED));
        }
        var reason = verifier.refusal(request);
        if (isOurs && reason.isPresent()) {
            lock.failed();
        } else if (isOurs) {
            lock.succeeded();
        }
        return reason.map(text -> unauthorized(isOurs && lock.isLocked() ? LOCKED : text));
    }

    private WireAnswer unauthorized(String text) {
        return errors.error(401, "APIGW.0301", PREFIX + text);
    }
}
