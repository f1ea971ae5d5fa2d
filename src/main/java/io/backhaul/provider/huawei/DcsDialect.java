package io.backhaul.provider.huawei;

import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Dialect;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback;
import java.time.Instant;
import java.util.Optional;

/** DCS's signing and DCS's refusals. */
final class DcsDialect implements Dialect {
    private final String projectId;
    private final AkSkSigner signer;
    private final DcsErrors errors;

    DcsDialect(String projectId, AkSk credential, Redactor redactor) {
        this.projectId = projectId;
        this.signer = new AkSkSigner(credential);
        this.errors = new DcsErrors(redactor);
    }

    @Override
    public ApiRequest sign(ApiRequest request, Instant providerTime) {
        // Sub-projects need it; the vendor's client always sends it (huawei.md 3.2).
        return signer.sign(request.with("X-Project-Id", projectId), providerTime);
    }

    @Override
    public Optional<Setback> setback(ApiRequest request, ApiAnswer answer, Instant now) {
        return answer.isSuccess() ? Optional.empty() : Optional.of(errors.setback(request, answer, now));
    }

    @Override
    public boolean isStaleSignature(ApiAnswer answer) {
        return DcsErrors.isStaleSignature(answer);
    }
}
