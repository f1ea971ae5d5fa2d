package io.backhaul.provider.huawei;

import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.LenientJson;
import io.backhaul.provider.ProviderCalls;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs every request with an access key; asks IAM for the project once, where only its region is known. */
final class KeyLogin implements HuaweiLogin {
    private final AccessKey key;
    private final HuaweiProject project;
    private final @Nullable URI iam;
    private final AkSkSigner signer;
    private final Redactor redactor;
    private final HuaweiErrors errors;
    private volatile @Nullable String found;

    /** @param iam null where the project is known */
    KeyLogin(AccessKey key, HuaweiProject project, @Nullable URI iam) {
        this.key = key;
        this.project = project;
        this.iam = iam;
        this.signer = new AkSkSigner(key);
        this.redactor = key.redactor();
        this.errors = new HuaweiErrors(() -> redactor);
    }

    @Override
    public String account() {
        return "huawei " + key.id();
    }

    @Override
    public Redactor redactor() {
        return redactor;
    }

    /** Two threads may both ask for the project; they get the same answer. */
    @Override
    public Asked<HuaweiSession> session(ProviderCalls calls) {
        return project(calls).then(id -> new Got<>(new HuaweiSession(id, null)));
    }

    @Override
    public boolean endsSession(HuaweiSession session, Asked<ApiAnswer> asked) {
        return false;
    }

    @Override
    public ApiRequest sign(ApiRequest request, Instant providerTime) {
        return signer.sign(request, providerTime);
    }

    @Override
    public Optional<Setback> setback(ApiRequest request, ApiAnswer answer, Instant now) {
        return answer.isSuccess() ? Optional.empty() : Optional.of(errors.setback(request, answer, now));
    }

    @Override
    public boolean isStaleSignature(ApiAnswer answer) {
        return HuaweiErrors.isStaleSignature(answer);
    }

    private Asked<String> project(ProviderCalls calls) {
        var known = found;
        if (known != null) {
            return new Got<>(known);
        }
        return switch (project) {
            case HuaweiProject.Known given -> new Got<>(given.id());
            case HuaweiProject.OfRegion place -> {
                var request = IamProjects.request(Objects.requireNonNull(iam), place.region());
                yield calls.call(request)
                        .then(answer -> LenientJson.read(request, answer, redactor))
                        .then(fields -> IamProjects.read(request, place.region(), fields))
                        .then(this::keep);
            }
        };
    }

    private Asked<String> keep(String id) {
        found = id;
        return new Got<>(id);
    }
}
