package io.backhaul.provider.tencent;

import io.backhaul.provider.Advice;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.CredentialGate;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one table of what refusals mean, of both APIs: tencent-aliyun.md 4.1 and 4.2. Status says nothing: the API refuses
 * with 200, and any other status is a gateway's. A code that is in no table is taken for trouble that passes.
 */
final class CrsErrors {
    /** Of the product itself: they say more than a common code beside them. Numbers and names are v2's. */
    private static final Map<String, CrsFault> PRODUCT = table(Map.of(
            CrsFault.GONE,
            List.of(
                    "10701",
                    "InstanceNotExists",
                    "11213",
                    "BackupNotExists",
                    "InvalidParameterValue.BackupNotExists",
                    "ResourceNotFound.InstanceNotExists",
                    "ResourceUnavailable.InstanceDeleted"),
            // The same number under two names.
            CrsFault.BUSY,
            List.of("10711", "BackupStatusAbnormal", "BackupStatusInvalid"),
            CrsFault.UNSUPPORTED,
            List.of("11214", "OnlyClusterInstanceCanExportBackup"),
            CrsFault.WRONG,
            List.of("11201"),
            CrsFault.PERMISSION,
            List.of("InvalidParameter.PermissionDenied", "AuthFailure.UnauthorizedOperation"),
            CrsFault.STALE,
            List.of("AuthFailure.SignatureExpire"),
            CrsFault.SERVER,
            List.of("ResourceUnavailable.CallOssError")));

    /** Common to all products; of 2018-04-12 what stands before the first dot. */
    private static final Map<String, CrsFault> COMMON = table(Map.of(
            CrsFault.AUTHENTICATION,
            List.of("4100", "4104", "4105", "4106", "AuthFailure"),
            CrsFault.STALE,
            List.of("4200", "4500"),
            CrsFault.PERMISSION,
            List.of("4101", "4102", "4103", "4110", "4300", "UnauthorizedOperation"),
            CrsFault.GONE,
            List.of("5000"),
            CrsFault.WRONG,
            List.of(
                    "4000",
                    "4600",
                    "6100",
                    "InvalidParameter",
                    "InvalidParameterValue",
                    "MissingParameter",
                    "UnknownParameter",
                    "UnsupportedRegion",
                    "UnsupportedProtocol",
                    "InvalidAction",
                    "InvalidRequest",
                    "NoSuchProduct",
                    "NoSuchVersion",
                    "ActionOffline",
                    "OperationDenied",
                    "RequestSizeLimitExceeded"),
            CrsFault.UNSUPPORTED,
            List.of("UnsupportedOperation"),
            CrsFault.BUSY,
            List.of("ResourceUnavailable", "ResourceInUse", "ResourceInsufficient", "ResourceNotFound"),
            CrsFault.THROTTLED,
            List.of("4400", "RequestLimitExceeded", "LimitExceeded"),
            CrsFault.SERVER,
            List.of("5100", "6000", "6200", "InternalError", "FailedOperation", "ServiceUnavailable")));

    /** v2 puts a product's code before the text. */
    private static final Pattern NUMBER_IN_MESSAGE = Pattern.compile("^\\s*\\((\\d{4,6})\\)");

    private final Redactor redactor;

    CrsErrors(Redactor redactor) {
        this.redactor = redactor;
    }

    /** What to do about a refusal, nothing for a success; nothing of the credential is in its reason. */
    Optional<Setback> setback(ApiRequest request, ApiAnswer answer, Instant now) {
        return faultOf(answer)
                .map(fault ->
                        setback(fault, reason(request, answer), CrsAdvice.of(fault, request, answer), answer, now));
    }

    private static Setback setback(CrsFault fault, String reason, Advice advice, ApiAnswer answer, Instant now) {
        return switch (fault) {
            case AUTHENTICATION, STALE -> new Setback.Denied(reason, now.plus(CredentialGate.REST), advice);
            case PERMISSION -> new Setback.Refused(reason + " (no permission)", advice);
            case GONE -> new Setback.Gone(reason);
            case WRONG, UNSUPPORTED -> new Setback.Refused(reason, advice);
            case BUSY -> new Setback.Busy(reason);
            case THROTTLED -> new Setback.Throttled(reason, answer.retryAfter(now));
            case SERVER -> new Setback.Unavailable(reason, advice);
        };
    }

    /** Why an answer is no success; nothing when it is one. */
    static Optional<CrsFault> faultOf(ApiAnswer answer) {
        return switch (CrsError.kindOf(answer)) {
            case REFUSAL -> CrsError.of(answer).map(CrsErrors::faultOf);
            case SUCCESS -> answer.isSuccess() ? Optional.empty() : Optional.of(byStatus(answer));
            case FOREIGN -> Optional.of(byStatus(answer));
        };
    }

    private static CrsFault byStatus(ApiAnswer answer) {
        return answer.status() == 429 ? CrsFault.THROTTLED : CrsFault.SERVER;
    }

    private static CrsFault faultOf(CrsError error) {
        var named = named(error);
        return first(PRODUCT, named)
                .or(() -> first(
                        COMMON, named.stream().map(CrsErrors::beforeTheDot).toList()))
                .orElse(CrsFault.SERVER);
    }

    /** Everything in a refusal that may be its code, lower case. */
    private static List<String> named(CrsError error) {
        var number = NUMBER_IN_MESSAGE.matcher(error.message());
        return Stream.of(number.find() ? number.group(1) : "", error.code(), error.name())
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Optional<CrsFault> first(Map<String, CrsFault> table, List<String> codes) {
        return codes.stream().map(table::get).filter(Objects::nonNull).findFirst();
    }

    private static String beforeTheDot(String code) {
        var dot = code.indexOf('.');
        return dot < 0 ? code : code.substring(0, dot);
    }

    private String reason(ApiRequest request, ApiAnswer answer) {
        var error = CrsError.of(answer);
        var said = error.isPresent()
                ? Stream.of(
                        error.get().code(),
                        error.get().name(),
                        error.get().message(),
                        error.get().requestId().isEmpty()
                                ? ""
                                : "request-id=" + error.get().requestId())
                : Stream.of("HTTP " + answer.status(), "no answer of the API:", foreign(answer));
        return said.map(redactor::excerpt)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" ", request.asked() + ": ", ""));
    }

    /** A page for people is shown; anything else may be a torn answer with a token in it that nothing marks as one. */
    private static String foreign(ApiAnswer answer) {
        return answer.isHtml() ? answer.body() : answer.body().length() + " characters";
    }

    private static Map<String, CrsFault> table(Map<CrsFault, List<String>> rows) {
        var table = new HashMap<String, CrsFault>();
        rows.forEach((fault, codes) -> codes.forEach(code -> table.put(code.toLowerCase(Locale.ROOT), fault)));
        return Map.copyOf(table);
    }
}
