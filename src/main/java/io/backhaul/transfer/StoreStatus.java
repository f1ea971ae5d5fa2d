package io.backhaul.transfer;

import io.backhaul.backup.RetryAfter;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import okhttp3.Response;

/**
 * The one table from a store's refusal to an outcome (contracts/huawei.md 2.4, tencent-aliyun.md 2.4). 412 and 416
 * are not in it where they answer our own condition or range: {@link Fetch} knows what it asked.
 */
record StoreStatus(Clock clock, Redaction redaction) {
    /** 4xx that mean "later" whatever their status. */
    private static final Set<String> LATER = Set.of("RequestTimeout", "SlowDown", "TooManyWrongSignature");

    FetchOutcome outcomeOf(Response response) {
        var error = StoreError.read(response.body().source(), redaction);
        var status = response.code();
        var detail = error.describe(status);
        if (status >= 400 && error.code() != null && LATER.contains(error.code())) {
            return throttled(response, detail);
        }
        return switch (status) {
            case 404, 410 -> new FetchOutcome.ObjectMissing(detail);
            case 408, 425, 429, 503 -> throttled(response, detail);
            // OperationAborted: a conflict inside the store that passes
            case 409 -> new FetchOutcome.ServerFault(detail);
            // a range that was not asked for, or a condition of a cache that we do not have
            case 304, 416 -> new FetchOutcome.NotTheFile(detail);
            default -> byClass(status, error, detail);
        };
    }

    private static FetchOutcome byClass(int status, StoreError error, String detail) {
        if (status >= 500) {
            return new FetchOutcome.ServerFault(detail);
        }
        // 3xx without a place to go (OBS PermanentRedirect) needs a better link as much as 400, 401 and 403 do
        return status >= 300
                ? new FetchOutcome.LinkDead(status, error.code(), detail)
                : new FetchOutcome.NotTheFile(detail);
    }

    private FetchOutcome throttled(Response response, String detail) {
        var date = Optional.ofNullable(response.header("Date")).flatMap(RetryAfter::httpDate);
        var retryAt = RetryAfter.of(response.header("Retry-After"), date.orElse(null), clock.instant());
        return new FetchOutcome.Throttled(retryAt, detail);
    }
}
