package io.backhaul.provider.tencent;

import io.backhaul.provider.Advice;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Who must act on a refusal of either API: its fault, and its code where that says more (tencent-aliyun.md 4.1, 4.2). */
final class CrsAdvice {
    private static final Map<String, Supplier<Advice>> BY_CODE = Map.ofEntries(
            Map.entry("4100", Advice::wrongSecret),
            Map.entry("4104", Advice::unknownKey),
            Map.entry("4105", Advice::wrongToken),
            Map.entry("authfailure.signaturefailure", Advice::wrongSecret),
            Map.entry("authfailure.secretidnotfound", Advice::unknownKey),
            Map.entry("authfailure.invalidsecretid", Advice::unknownKey),
            Map.entry("authfailure.tokenfailure", Advice::wrongToken));

    /** Said by an API, and not by this one. */
    private static final List<String> OF_OTHER_APIS =
            List.of("6100", "invalidaction", "nosuchproduct", "nosuchversion", "actionoffline");

    private CrsAdvice() {}

    static Advice of(CrsFault fault, ApiRequest request, ApiAnswer answer) {
        var error = CrsError.of(answer);
        if (error.isEmpty()) {
            return answer.status() < 500 ? Advice.notTheApi(request.host()) : Advice.noUsableAnswer();
        }
        var code = error.get().code().strip().toLowerCase(Locale.ROOT);
        return switch (fault) {
            case AUTHENTICATION ->
                Optional.ofNullable(BY_CODE.get(code)).map(Supplier::get).orElseGet(Advice::credentialsRefused);
            case STALE -> Advice.clock();
            case PERMISSION -> Advice.noPermission("redis:" + action(request));
            case WRONG -> wrong(error.get(), code, request);
            case SERVER -> Advice.noUsableAnswer();
            case GONE, UNSUPPORTED, BUSY, THROTTLED -> Advice.notAccepted();
        };
    }

    /** v2 has no code of its own for a region. */
    private static Advice wrong(CrsError error, String code, ApiRequest request) {
        if (code.equals("unsupportedregion")
                || (code.equals("4000")
                        && error.message().toLowerCase(Locale.ROOT).contains("region"))) {
            return Advice.wrongRegion(written(request, "X-TC-Region", "Region"));
        }
        return OF_OTHER_APIS.contains(code) ? Advice.notTheApi(request.host()) : Advice.notAccepted();
    }

    /** CAM calls what may be done as the API does. */
    private static String action(ApiRequest request) {
        return written(request, "X-TC-Action", "Action");
    }

    private static String written(ApiRequest request, String header, String parameter) {
        return Optional.ofNullable(request.headers().get(header))
                .or(() -> request.query().stream()
                        .filter(one -> one.name().equals(parameter))
                        .map(ApiRequest.Parameter::value)
                        .findFirst())
                .orElse("");
    }
}
