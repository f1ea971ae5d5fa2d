package io.backhaul.provider.huawei;

import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.ProviderCalls;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback;
import io.backhaul.provider.Setback.Denied;
import io.backhaul.provider.Setback.Unavailable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a token with every request, and gets one for user and password: the first, another before the last one ends,
 * and one more when a token that has served is refused (huawei.md 3.1). A refused password is not tried again by
 * itself, as Huawei locks the account: the credential rests like any other.
 */
final class TokenLogin implements HuaweiLogin {
    private static final Logger log = LoggerFactory.getLogger(TokenLogin.class);

    /** Tokens live a day; one that ends while a call is under way would be a refusal for nothing. */
    private static final Duration RENEWED_BEFORE = Duration.ofMinutes(30);

    /** After a renewal that failed, while the old token still serves. */
    private static final Duration NEXT_TRY = Duration.ofMinutes(1);

    /** A token that we hold; {@code hasServed} once the provider took it. */
    private record Held(IamToken token, Instant renewAt, boolean hasServed) {
        boolean is(@Nullable String other) {
            return token.text().equals(other);
        }
    }

    private final IamUser user;
    private final IamTokens tokens;
    private final Clock clock;
    private final HuaweiErrors errors = new HuaweiErrors(this::redactor);
    private volatile @Nullable Held held;

    TokenLogin(IamUser user, HuaweiProject project, URI iam, Clock clock) {
        this.user = user;
        this.tokens = new IamTokens(user, project, iam);
        this.clock = clock;
    }

    @Override
    public String account() {
        return "huawei " + user.domain() + "/" + user.name();
    }

    @Override
    public Redactor redactor() {
        var now = held;
        return new Redactor(List.of(user.password(), now == null ? "" : now.token.text()));
    }

    /** One thread at a time: a token is got once for all that need it. */
    @Override
    public synchronized Asked<HuaweiSession> session(ProviderCalls calls) {
        var now = clock.instant().plus(calls.clockOffset());
        var last = held;
        if (last != null && now.isBefore(last.renewAt)) {
            return new Got<>(last.token.session());
        }
        return switch (tokens.ask(calls)) {
            case Got<IamToken> got -> {
                held = new Held(got.value(), renewAt(now, got.value()), false);
                yield new Got<>(got.value().session());
            }
            case Failed<IamToken> failed -> {
                if (last == null || failed.why() instanceof Denied || !now.isBefore(last.token.expiresAt())) {
                    yield failed.retyped();
                }
                log.warn(
                        "token not renewed, the old one goes on serving expires={} retryIn={} reason={}",
                        last.token.expiresAt(),
                        NEXT_TRY,
                        failed.why().reason());
                held = new Held(last.token, now.plus(NEXT_TRY), last.hasServed);
                yield new Got<>(last.token.session());
            }
        };
    }

    @Override
    public synchronized boolean endsSession(HuaweiSession session, Asked<ApiAnswer> asked) {
        var now = held;
        if (now == null || !now.is(session.token())) {
            // Another thread has found out already: there is, or will be, a new one.
            return isRefusalOfTheToken(asked);
        }
        if (asked instanceof Got<ApiAnswer>) {
            held = new Held(now.token, now.renewAt, true);
            return false;
        }
        if (!isRefusalOfTheToken(asked)) {
            return false;
        }
        held = null;
        return now.hasServed;
    }

    @Override
    public ApiRequest sign(ApiRequest request, Instant providerTime) {
        return request;
    }

    /** A token that has served may end early, and says nothing about the password: no reason for the user to rest. */
    @Override
    public Optional<Setback> setback(ApiRequest request, ApiAnswer answer, Instant now) {
        if (answer.isSuccess()) {
            return Optional.empty();
        }
        var why = errors.setback(request, answer, now);
        var token = held;
        var isSpent =
                token == null || token.hasServed || !token.is(request.headers().get(TOKEN_HEADER));
        return Optional.of(
                why instanceof Denied && request.headers().containsKey(TOKEN_HEADER) && isSpent
                        ? new Unavailable(why.reason() + "; the token has ended, another is asked for")
                        : why);
    }

    @Override
    public boolean isStaleSignature(ApiAnswer answer) {
        return false;
    }

    private static boolean isRefusalOfTheToken(Asked<ApiAnswer> asked) {
        return asked instanceof Failed<ApiAnswer> failed
                && failed.answer() != null
                && HuaweiErrors.faultOf(failed.answer()) == HuaweiFault.AUTHENTICATION;
    }

    private static Instant renewAt(Instant now, IamToken token) {
        var half = Duration.between(now, token.expiresAt()).dividedBy(2);
        return token.expiresAt().minus(half.compareTo(RENEWED_BEFORE) < 0 ? half : RENEWED_BEFORE);
    }
}
