package io.backhaul.provider.huawei;

import io.backhaul.provider.Advice;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LenientJson;
import io.backhaul.provider.OffsetPages;
import io.backhaul.provider.OffsetPages.Page;
import io.backhaul.provider.OffsetPages.Rows;
import io.backhaul.provider.ProviderCalls;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.Rate;
import io.backhaul.provider.Setback.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The way of every question of a Huawei source: in its project, signed or with a token, and lists page by page. */
final class HuaweiCalls implements AutoCloseable {
    private static final int NO_CONTENT = 204;

    /** No limit is published (huawei.md 5); this one is far below what gateways usually allow. */
    private static final Rate RATE = new Rate(10, 10);

    /** How a list is asked for and where things stand in its answer. */
    record ListCall(String operation, String rows, String total, String id, int limit) {}

    private final HuaweiSettings settings;
    private final HuaweiLogin login;
    private final ProviderCalls calls;

    HuaweiCalls(HuaweiSettings settings, ProviderRuntime runtime) {
        this.settings = settings;
        this.login = switch (settings.credential()) {
            case HuaweiCredential.Signing signing ->
                new KeyLogin(signing.key(), settings.project(), settings.iamEndpoint());
            case IamUser user ->
                new TokenLogin(
                        user, settings.project(), Objects.requireNonNull(settings.iamEndpoint()), runtime.clock());
        };
        this.calls = new ProviderCalls(runtime, login, login.account(), RATE);
    }

    /** A GET of what lies at this path below the project. */
    ApiRequest get(String operation, String subject, String path) {
        return ApiRequest.get(operation, subject, settings.endpoint(), path);
    }

    /** A POST to this path below the project. */
    ApiRequest post(String operation, String subject, String path, String json) {
        return ApiRequest.post(operation, subject, settings.endpoint(), path, json);
    }

    /** The answer to a request below the project, if it is a success. */
    Asked<ApiAnswer> call(ApiRequest request) {
        return session().then(session -> {
            var asked = callIn(session, request);
            return login.endsSession(session, asked) ? callAnew(request) : asked;
        });
    }

    private Asked<ApiAnswer> callAnew(ApiRequest request) {
        return session().then(session -> {
            var asked = callIn(session, request);
            login.endsSession(session, asked);
            return asked;
        });
    }

    /** What is wrong with IAM is about keys of its own. */
    private Asked<HuaweiSession> session() {
        return switch (login.session(calls)) {
            case Got<HuaweiSession> got -> got;
            case Failed<HuaweiSession> failed -> new Failed<>(failed.why().advised(this::ofIam), failed.answer());
        };
    }

    private Advice ofIam(Advice advice) {
        return settings.project() instanceof HuaweiProject.OfRegion place && advice.equals(Advice.wrongProject())
                ? Advice.wrongRegion(place.region())
                : advice.withKey("endpoint", "credentials.iam-endpoint");
    }

    private Asked<ApiAnswer> callIn(HuaweiSession session, ApiRequest request) {
        // Sub-projects need the header; the vendor's client always sends it (huawei.md 3.2).
        var placed = request.below("/v2/" + session.project()).with("X-Project-Id", session.project());
        var token = session.token();
        return calls.call(token == null ? placed : placed.with(HuaweiLogin.TOKEN_HEADER, token));
    }

    Asked<Fields> fields(ApiRequest request, ApiAnswer answer) {
        return LenientJson.read(request, answer, login.redactor());
    }

    Asked<Rows<Fields>> list(ListCall list, String subject, String path) {
        var request = get(list.operation(), subject, path);
        return OffsetPages.readAll(
                list.limit(), row -> row.text(list.id()), (offset, limit) -> page(list, request, offset, limit));
    }

    private Asked<Page<Fields>> page(ListCall list, ApiRequest plain, int offset, int limit) {
        var request = plain.asking("offset", String.valueOf(offset)).asking("limit", String.valueOf(limit));
        return call(request)
                .then(answer -> answer.status() == NO_CONTENT
                        ? new Got<>(new Page<Fields>(List.of(), Page.UNTOLD))
                        : fields(request, answer).then(fields -> rows(list, request, fields)));
    }

    /** An answer without its list is no empty list, unless it says so: an absence must not be made of an odd answer. */
    private static Asked<Page<Fields>> rows(ListCall list, ApiRequest request, Fields fields) {
        var rows = fields.list(list.rows());
        var total = fields.number(list.total());
        if (rows.isEmpty() && total.orElse(Page.UNTOLD) != 0) {
            var why = new Unavailable(request.asked() + ": the answer has no " + list.rows() + ", only " + fields);
            return new Failed<>(why, null);
        }
        return new Got<>(Page.of(rows.orElse(List.of()), total));
    }

    /** When an answer was made, in the provider's time. */
    Instant issuedAt(ApiAnswer answer) {
        return calls.issuedAt(answer);
    }

    Duration clockOffset() {
        return calls.clockOffset();
    }

    @Override
    public void close() {
        calls.close();
    }
}
