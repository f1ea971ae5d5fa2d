package io.backhaul.provider;

import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way that every request of a source takes: past the credential's gate, within the rate, signed in the provider's
 * time, sent once, its answer judged by the cloud's dialect. A signature that was stale is made anew and sent once
 * more; nothing else is tried twice. Safe for use by several threads.
 */
public final class ProviderCalls implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProviderCalls.class);

    private final ProviderRuntime runtime;
    private final ProviderHttp http;
    private final Dialect dialect;
    private final String credential;
    private final Rate rate;

    /**
     * @param credential what the provider counts failures and calls by: the cloud and its access key's id
     * @param usual rate of each operation, where the operator says nothing
     */
    public ProviderCalls(ProviderRuntime runtime, Dialect dialect, String credential, Rate usual) {
        this.runtime = runtime;
        this.http = new ProviderHttp(runtime.clock(), runtime.timeouts(), runtime.trust(), runtime.version());
        this.dialect = dialect;
        this.credential = credential;
        this.rate = Objects.requireNonNullElse(runtime.rate(), usual);
    }

    /** The provider's answer if it is a success. */
    public Asked<ApiAnswer> call(ApiRequest request) {
        var gate = runtime.gates().of(credential);
        // Asked before the allowance, so that a resting credential uses none of it, and after the wait for it again.
        var denial = gate.denial();
        if (denial.isPresent()) {
            return Asked.failed(denial.get());
        }
        var throttled = runtime.limits().admit(credential, request.operation(), rate);
        if (throttled.isPresent()) {
            return Asked.failed(throttled.get());
        }
        return gate.pass(() -> send(request));
    }

    /** Provider's time minus ours. */
    public Duration clockOffset() {
        return http.clockOffset();
    }

    /** When an answer was made, in the provider's time. */
    public Instant issuedAt(ApiAnswer answer) {
        return answer.date() == null ? http.providerNow() : answer.date();
    }

    @Override
    public void close() {
        http.close();
    }

    private Asked<ApiAnswer> send(ApiRequest request) {
        var asked = sendOnce(request);
        if (asked instanceof Failed<ApiAnswer> failed
                && failed.answer() != null
                && dialect.isStaleSignature(failed.answer())) {
            // Its Date header has just set the offset right (huawei.md 4.4: retryable once).
            log.info(
                    "signature was stale, signing once more in the provider's time operation={} offset={}",
                    request.operation(),
                    http.clockOffset());
            return sendOnce(request);
        }
        return asked;
    }

    private Asked<ApiAnswer> sendOnce(ApiRequest request) {
        var signed = dialect.sign(request, http.providerNow());
        var started = runtime.nanoTime().getAsLong();
        var asked = http.call(signed).then(answer -> judged(request, answer));
        var took = Duration.ofNanos(runtime.nanoTime().getAsLong() - started);
        runtime.observer().called(request.operation(), label(asked), took);
        return asked;
    }

    private Asked<ApiAnswer> judged(ApiRequest request, ApiAnswer answer) {
        return dialect.setback(request, answer, runtime.clock().instant())
                .<Asked<ApiAnswer>>map(why -> new Failed<>(why, answer))
                .orElseGet(() -> new Got<>(answer));
    }

    private static String label(Asked<?> asked) {
        return switch (asked) {
            case Got<?> got -> "ok";
            case Failed<?> failed -> failed.why().label();
        };
    }
}
