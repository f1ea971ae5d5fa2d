package io.backhaul.provider.tencent;

import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Dialect;
import io.backhaul.provider.Hmac;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** The two ways of signing; refusals are judged by one table. */
final class CrsDialect implements Dialect {
    private final BiFunction<ApiRequest, Instant, ApiRequest> signer;
    private final CrsErrors errors;

    private CrsDialect(BiFunction<ApiRequest, Instant, ApiRequest> signer, Redactor redactor) {
        this.signer = signer;
        this.errors = new CrsErrors(redactor);
    }

    /** API 2018-04-12. */
    static CrsDialect tc3(AccessKey credential, Redactor redactor) {
        return new CrsDialect(new Tc3Signer(credential)::sign, redactor);
    }

    /** API v2, with the stronger of its two hashes. */
    static CrsDialect v2(AccessKey credential, Redactor redactor) {
        var signer = new V2Signer(credential, Hmac.SHA256);
        var nonces = new SecureRandom();
        return new CrsDialect(
                (request, at) -> signer.sign(request, at, nonces.nextInt(1, Integer.MAX_VALUE)), redactor);
    }

    @Override
    public ApiRequest sign(ApiRequest request, Instant providerTime) {
        return signer.apply(request, providerTime);
    }

    @Override
    public Optional<Setback> setback(ApiRequest request, ApiAnswer answer, Instant now) {
        return errors.setback(request, answer, now);
    }

    @Override
    public boolean isStaleSignature(ApiAnswer answer) {
        return CrsErrors.faultOf(answer)
                .filter(fault -> fault == CrsFault.STALE)
                .isPresent();
    }
}
