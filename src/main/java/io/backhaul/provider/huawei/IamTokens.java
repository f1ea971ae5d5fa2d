package io.backhaul.provider.huawei;

import io.backhaul.provider.Advice;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LenientJson;
import io.backhaul.provider.ProviderCalls;
import io.backhaul.provider.Setback.Unavailable;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/** IAM's tokens for a password (huawei.md 3.1). */
final class IamTokens {
    /** Documented; what the answer says counts before it. */
    private static final Duration LIFE = Duration.ofHours(24);

    /** A gateway takes headers of 32 KB (huawei.md 5); real tokens have several. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,32768}");

    private final ApiRequest request;
    private final HuaweiProject project;

    IamTokens(IamUser user, HuaweiProject project, URI iam) {
        this.project = project;
        this.request = ApiRequest.post("token", "", iam, "/v3/auth/tokens", body(user, project))
                .asking("nocatalog", "true");
    }

    Asked<IamToken> ask(ProviderCalls calls) {
        return calls.call(request).then(answer -> read(answer, calls));
    }

    private Asked<IamToken> read(ApiAnswer answer, ProviderCalls calls) {
        var text = answer.header("X-Subject-Token")
                .filter(value -> TOKEN.matcher(value).matches());
        if (text.isEmpty()) {
            return unavailable("the answer has no token in its header");
        }
        var token = LenientJson.parse(answer.body()).flatMap(body -> body.object("token"));
        var id = project(token);
        if (id.isEmpty()) {
            return Asked.failed(
                    new Unavailable(request.asked() + ": the token is for no project", Advice.wrongProject()));
        }
        var expiresAt = token.flatMap(fields -> fields.time("expires_at", ZoneOffset.UTC))
                .orElse(calls.issuedAt(answer).plus(LIFE));
        return new Got<>(new IamToken(text.get(), id.get(), expiresAt));
    }

    private Optional<String> project(Optional<Fields> token) {
        return switch (project) {
            case HuaweiProject.Known known -> Optional.of(known.id());
            case HuaweiProject.OfRegion place ->
                token.flatMap(fields -> fields.object("project"))
                        .flatMap(fields -> fields.text("id"))
                        .filter(HuaweiProject.Known::isId);
        };
    }

    private Asked<IamToken> unavailable(String what) {
        return Asked.failed(new Unavailable(request.asked() + ": " + what));
    }

    private static String body(IamUser user, HuaweiProject project) {
        var auth = JsonNodeFactory.instance.objectNode();
        var identity = auth.putObject("auth").putObject("identity");
        identity.putArray("methods").add("password");
        var who = identity.putObject("password").putObject("user");
        who.put("name", user.name()).put("password", user.password());
        who.putObject("domain").put("name", user.domain());
        var scope = auth.withObject("/auth").putObject("scope").putObject("project");
        switch (project) {
            case HuaweiProject.Known known -> scope.put("id", known.id());
            case HuaweiProject.OfRegion place -> scope.put("name", place.region());
        }
        return auth.toString();
    }
}
