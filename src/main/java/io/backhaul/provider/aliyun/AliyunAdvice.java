package io.backhaul.provider.aliyun;

import io.backhaul.provider.AccessKey;
import io.backhaul.provider.Advice;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.ApiRequest.Parameter;
import java.util.Locale;
import java.util.Optional;

/** Who must act on a refusal: its fault, and its code where that says more (tencent-aliyun.md 4.3). */
final class AliyunAdvice {
    private static final String TEMPORARY = "STS.";

    /** Whether the token may be what is wrong. */
    private final boolean isTemporary;

    AliyunAdvice(AccessKey key) {
        this.isTemporary = key.token() != null || key.id().startsWith(TEMPORARY);
    }

    Advice of(AliyunFault fault, ApiRequest request, ApiAnswer answer) {
        var error = AliyunError.of(answer);
        if (error.isEmpty()) {
            return answer.status() < 500 ? Advice.notTheApi(request.host()) : Advice.noUsableAnswer();
        }
        var code = error.get().code().strip().toLowerCase(Locale.ROOT);
        return switch (fault) {
            case AUTHENTICATION -> ofCredential(code);
            case STALE -> Advice.clock();
            case PERMISSION -> Advice.noPermission(permission(request));
            case MISDIRECTED ->
                code.contains("region") ? Advice.wrongRegionalEndpoint() : Advice.notTheApi(request.host());
            case SERVER, REPLAYED -> Advice.noUsableAnswer();
            case GONE, WRONG, BUSY, THROTTLED -> Advice.notAccepted();
        };
    }

    private Advice ofCredential(String code) {
        if (code.contains("securitytoken")) {
            return Advice.wrongToken();
        }
        if (code.startsWith("invalidaccesskey") || code.startsWith("inactiveaccesskey")) {
            // Of a temporary key it is also said when its token is at its end.
            return isTemporary ? Advice.wrongToken() : Advice.unknownKey();
        }
        return code.startsWith("signaturedoesnotmatch") ? Advice.wrongSecret() : Advice.credentialsRefused();
    }

    /** As policies write it. */
    private static String permission(ApiRequest request) {
        return Optional.ofNullable(request.headers().get("x-acs-action"))
                .or(() -> request.query().stream()
                        .filter(one -> one.name().equals("Action"))
                        .map(Parameter::value)
                        .findFirst())
                .map(action -> "oceanbase:" + action)
                .orElse("this action");
    }
}
