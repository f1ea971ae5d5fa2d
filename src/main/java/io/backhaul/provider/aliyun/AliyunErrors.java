package io.backhaul.provider.aliyun;

import io.backhaul.provider.AccessKey;
import io.backhaul.provider.Advice;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.CredentialGate;
import io.backhaul.provider.LenientJson;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one table of what refusals mean: tencent-aliyun.md 4.3. No document lists the product's own codes, so a code counts
 * by how it begins, by whether it says that something does not exist, and then by its status.
 */
final class AliyunErrors {
    /** Beginnings of codes; the first that fits counts. */
    private static final String TABLE = """
            AUTHENTICATION InvalidAccessKey InactiveAccessKey MissingAccessKeyId InvalidSecurityToken
            AUTHENTICATION MissingSecurityToken SignatureDoesNotMatch IncompleteSignature InvalidCredential
            STALE          InvalidTimeStamp IllegalTimestamp
            REPLAYED       SignatureNonceUsed
            MISDIRECTED    InvalidAction InvalidApi InvalidVersion InvalidProduct InvalidRegion UnsupportedRegion
            MISDIRECTED    UnsupportedHTTPMethod
            THROTTLED      Throttling TooManyRequests RequestLimitExceeded
            """;

    /** As above, for codes that do not say that something is missing. */
    private static final String LATER_TABLE = """
            PERMISSION     Forbidden NoPermission AccessDenied NotAuthorized Unauthorized
            SERVER         InternalError InternalFailure ServiceUnavailable SystemError UnknownError
            WRONG          MissingParameter InvalidParameter
            """;

    private static final List<Map.Entry<String, AliyunFault>> SURE = rows(TABLE);
    private static final List<Map.Entry<String, AliyunFault>> LIKELY = rows(LATER_TABLE);

    private static final Pattern MISSING = Pattern.compile("not(found|exists?)(\\.|$)");
    private static final Pattern IN_ANOTHER_FLOW = Pattern.compile("status|conflict|processing|locked");

    /** A signature that does not match is answered with the text that should have been signed, token and all. */
    private static final Pattern SIGNED_TEXT =
            Pattern.compile("(?is)\\b(server\\s+)?(string\\s*to\\s*sign|canonical\\s*request)\\b.*");

    private final Redactor redactor;
    private final AliyunAdvice advice;

    AliyunErrors(AccessKey key) {
        this.redactor = key.redactor();
        this.advice = new AliyunAdvice(key);
    }

    /** What to do about a refusal, nothing for a success; nothing of the credential is in its reason. */
    Optional<Setback> setback(ApiRequest request, ApiAnswer answer, Instant now) {
        return faultOf(answer)
                .map(fault -> setback(
                        fault,
                        reason(request, answer),
                        advice.of(fault, request, answer),
                        answer.retryAfter(now),
                        now));
    }

    private static Setback setback(
            AliyunFault fault, String reason, Advice advice, @Nullable Instant retryAt, Instant now) {
        return switch (fault) {
            // A permission is granted while we wait, and then nothing has to be started again.
            case AUTHENTICATION, STALE, PERMISSION -> new Setback.Denied(reason, now.plus(CredentialGate.REST), advice);
            case GONE -> new Setback.Gone(reason);
            case WRONG, MISDIRECTED -> new Setback.Refused(reason, advice);
            case BUSY -> new Setback.Busy(reason);
            case THROTTLED -> new Setback.Throttled(reason, retryAt);
            case SERVER, REPLAYED -> new Setback.Unavailable(reason, advice);
        };
    }

    /** Why an answer is no success; nothing when it is one. */
    static Optional<AliyunFault> faultOf(ApiAnswer answer) {
        var error = AliyunError.of(answer);
        if (error.isPresent()) {
            return Optional.of(faultOf(error.get().code().strip().toLowerCase(Locale.ROOT), answer));
        }
        var isOurs = LenientJson.parse(answer.body()).isPresent();
        return answer.isSuccess() && isOurs ? Optional.empty() : Optional.of(ofForeign(answer));
    }

    private static AliyunFault faultOf(String code, ApiAnswer answer) {
        var sure = first(SURE, code);
        if (sure.isPresent()) {
            return sure.get();
        }
        if (answer.status() == 429 || answer.status() >= 500) {
            return ofForeign(answer);
        }
        if (MISSING.matcher(code).find()) {
            return AliyunFault.GONE;
        }
        return first(LIKELY, code).orElseGet(() -> byStatus(code, answer.status()));
    }

    private static AliyunFault byStatus(String code, int status) {
        if (status == 409 || IN_ANOTHER_FLOW.matcher(code).find()) {
            return AliyunFault.BUSY;
        }
        return switch (status) {
            case 401 -> AliyunFault.AUTHENTICATION;
            case 403 -> AliyunFault.PERMISSION;
            case 404 -> AliyunFault.GONE;
            case 408 -> AliyunFault.SERVER;
            default -> status >= 400 ? AliyunFault.WRONG : AliyunFault.SERVER;
        };
    }

    /** A gateway's or proxy's status, with nothing of the API in it; one that names a time wants to be heeded. */
    private static AliyunFault ofForeign(ApiAnswer answer) {
        var asksToWait = answer.status() == 503 && answer.header("Retry-After").isPresent();
        return answer.status() == 429 || asksToWait ? AliyunFault.THROTTLED : AliyunFault.SERVER;
    }

    private static Optional<AliyunFault> first(List<Map.Entry<String, AliyunFault>> table, String code) {
        return table.stream()
                .filter(row -> code.startsWith(row.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private String reason(ApiRequest request, ApiAnswer answer) {
        var error = AliyunError.of(answer);
        var said = error.isPresent()
                ? Stream.of(
                        "HTTP " + answer.status(),
                        error.get().code(),
                        SIGNED_TEXT.matcher(error.get().message()).replaceFirst(""),
                        error.get().requestId().isEmpty()
                                ? ""
                                : "request-id=" + error.get().requestId())
                : Stream.of("HTTP " + answer.status(), "no answer of the API:", foreign(answer));
        return said.map(redactor::excerpt)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" ", request.asked() + ": ", ""));
    }

    /** A page for people is shown; anything else may be a torn answer with a link in it that nothing marks as one. */
    private static String foreign(ApiAnswer answer) {
        return answer.isHtml() ? answer.body() : answer.body().length() + " characters";
    }

    private static List<Map.Entry<String, AliyunFault>> rows(String table) {
        return table.lines()
                .map(row -> row.split(" +"))
                .flatMap(row -> Arrays.stream(row)
                        .skip(1)
                        .map(code -> Map.entry(code.toLowerCase(Locale.ROOT), AliyunFault.valueOf(row[0]))))
                .toList();
    }
}
