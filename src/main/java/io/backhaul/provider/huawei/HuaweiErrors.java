package io.backhaul.provider.huawei;

import static java.util.Map.entry;

import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.CredentialGate;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one table of what Huawei's refusals mean: huawei.md 4.2 (DCS), 4.3 (GES), 4.4 (gateway, IAM), 4.5 (what to do).
 * Every service has a prefix of its own, so one table serves them all.
 */
final class HuaweiErrors {
    private static final String TABLE =
            """
            AUTHENTICATION DCS.1001 DCS.1002 DCS.1003 DCS.1004
            AUTHENTICATION APIG.0301 APIG.0303 APIG.0307
            AUTHENTICATION IAM.0001 IAM.0061 IAM.0062 IAM.0066 IAM.0067 IAM.1105 IAM.1107 IAM.1108
            PERMISSION     DCS.2003 DCS.2007 DCS.3002 DCS.3003 GES.7041
            PERMISSION     APIG.0302 APIG.0306 APIG.0310 APIG.0802
            INSTANCE_GONE  DCS.3022 DCS.4061 GES.7000 GES.0047
            BACKUP_GONE    GES.7024
            WRONG          DCS.4001 DCS.4002 DCS.4004 DCS.4005 DCS.4025 DCS.4062 DCS.4063 DCS.4800 DCS.5001
            WRONG          GES.0001 GES.0016 GES.7040 GES.7048 GES.7049 GES.7050
            WRONG          APIG.0101 APIG.0201
            UNSUPPORTED    DCS.4027 DCS.4086 DCS.4095
            BUSY           DCS.4017 DCS.4026 DCS.4049 DCS.4096 DCS.4097 DCS.4104 DCS.4108 DCS.4111 DCS.4113
            BUSY           DCS.4114 DCS.4115 DCS.4116 DCS.4117 DCS.4118 DCS.4120 DCS.4121 DCS.4231 DCS.4975
            BUSY           CBC.99003651
            BUSY           GES.7001 GES.7002 GES.7003 GES.7015 GES.7042 GES.7054
            THROTTLED      APIG.0308 IAM.0012
            SERVER         DCS.4069 DCS.5000 DCS.5024 DCS.5077 DCS.5078 DCS.5095 IAM.0006
            SERVER         GES.7004 GES.7005 GES.7006 GES.7051
            SERVER         APIG.0601 APIG.0605 APIG.0606 APIG.0610 APIG.0611 APIG.0613
            DOUBTFUL       DCS.4031
            """; // DCS.4031 is documented as a start time's fault, and seen for a missing backup (huawei.md 4.2).

    private static final Map<String, HuaweiFault> FAULTS = TABLE.lines()
            .map(row -> row.split(" +"))
            .flatMap(row -> Arrays.stream(row).skip(1).map(code -> entry(code, HuaweiFault.valueOf(row[0]))))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** Gateway answers whose text says more than their code does (huawei.md 4.4). */
    static final String LOCKED = "ak access failed to reach the limit";

    static final String STALE = "signature expired";

    private final Supplier<Redactor> redactor;

    /** @param redactor knows the secrets of the moment: tokens come and go */
    HuaweiErrors(Supplier<Redactor> redactor) {
        this.redactor = redactor;
    }

    /** What to do about a refusal; nothing of the credential is in its reason. */
    Setback setback(ApiRequest request, ApiAnswer answer, Instant now) {
        var reason = reason(request, answer);
        var fault = faultOf(answer);
        var advice = HuaweiAdvice.of(fault, request, answer);
        return switch (fault) {
            case AUTHENTICATION -> new Setback.Denied(reason, now.plus(CredentialGate.REST), advice);
            case PERMISSION -> new Setback.Refused(reason + " (no permission)", advice);
            case INSTANCE_GONE, BACKUP_GONE -> new Setback.Gone(reason);
            case WRONG, UNSUPPORTED, DOUBTFUL -> new Setback.Refused(reason, advice);
            case BUSY -> new Setback.Busy(reason);
            case THROTTLED -> new Setback.Throttled(reason, answer.retryAfter(now));
            case SERVER -> new Setback.Unavailable(reason, advice);
        };
    }

    /** Whether the only fault is the time in our signature. */
    static boolean isStaleSignature(ApiAnswer answer) {
        return answer.status() == 401 && saysOf(answer, STALE);
    }

    static HuaweiFault faultOf(ApiAnswer answer) {
        if (saysOf(answer, LOCKED)) {
            return HuaweiFault.AUTHENTICATION;
        }
        var known = FAULTS.get(normalised(HuaweiError.of(answer).code()));
        // 0201 is a bad request as 4xx, and an absent backend as 502 and 504: with 5xx the status decides.
        return known == null || (known == HuaweiFault.WRONG && answer.status() >= 500) ? byStatus(answer) : known;
    }

    private static HuaweiFault byStatus(ApiAnswer answer) {
        return switch (answer.status()) {
            case 401 -> HuaweiFault.AUTHENTICATION;
            case 408 -> HuaweiFault.SERVER;
            case 429 -> HuaweiFault.THROTTLED;
            // A page for people comes from a proxy: the API has said nothing.
            case 403 -> answer.isHtml() ? HuaweiFault.SERVER : HuaweiFault.PERMISSION;
            case 400, 404 -> answer.isHtml() ? HuaweiFault.SERVER : HuaweiFault.DOUBTFUL;
            default ->
                answer.isHtml() || answer.status() < 400 || answer.status() >= 500
                        ? HuaweiFault.SERVER
                        : HuaweiFault.WRONG;
        };
    }

    /**
     * One spelling for the several that a code has: {@code APIGW} is {@code APIG}, and old regions write nine digits,
     * 111, the HTTP status and three more, where newer ones write DCS and four. What has no such twin goes by its status.
     */
    static String normalised(String code) {
        var upper = code.strip().toUpperCase(Locale.ROOT).replaceFirst("^APIGW\\.", "APIG.");
        if (!upper.matches("111(400|401|404|405|500)\\d{3}")) {
            return upper;
        }
        var digits = upper.substring(6);
        return switch (upper.substring(3, 6)) {
            case "400" -> "DCS.4" + digits;
            case "401" -> "DCS.1" + digits;
            case "404" -> digits.equals("001") ? "DCS.4001" : "DCS.3" + digits;
            default -> "DCS.5" + digits;
        };
    }

    private String reason(ApiRequest request, ApiAnswer answer) {
        var error = HuaweiError.of(answer);
        var known = redactor.get();
        var parts = Stream.of(
                        "HTTP " + answer.status(),
                        known.excerpt(error.code()),
                        known.excerpt(error.message()),
                        answer.header("X-Request-Id")
                                .map(id -> "request-id=" + known.excerpt(id))
                                .orElse(""))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" "));
        return request.asked() + ": " + parts;
    }

    private static boolean saysOf(ApiAnswer answer, String text) {
        return HuaweiError.of(answer).message().toLowerCase(Locale.ROOT).contains(text);
    }
}
