package io.backhaul.simulator;

import java.time.Duration;
import java.util.Optional;

/** The faults that strike anywhere: some replace an answer, the others spoil its delivery. */
final class FaultAnswers {
    private static final String HTML = """
            <html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>
            """;
    private static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>
            """;

    private FaultAnswers() {}

    /** What is answered instead of what was asked for; empty when the fault is not of that kind. */
    static Optional<WireAnswer> instead(FaultOrder order, Refusals refusals) {
        return Optional.ofNullable(
                switch (order.fault()) {
                    case NO_ANSWER ->
                        WireAnswer.empty(500).delivered(Delivery.FAITHFUL.ending(Delivery.End.NOTHING, 0));
                    case XML_ERROR_WITH_200 -> WireAnswer.of(200, "application/xml", Content.text(XML));
                    case HTML_PAGE_WITH_200 -> WireAnswer.of(200, "text/html", Content.text(HTML));
                    case HTML_502 -> WireAnswer.of(502, "text/html", Content.text(HTML));
                    case THROTTLED -> retryAfter(refusals.throttled(), order.duration());
                    case UNAVAILABLE -> retryAfter(refusals.unavailable(), order.duration());
                    case INTERNAL_ERROR -> refusals.broken();
                    case FORBIDDEN -> refusals.forbidden();
                    case REDIRECT -> WireAnswer.empty(302).with("Location", order.text());
                    default -> null;
                });
    }

    /** The answer as it goes out under a fault; the same answer when the fault is of another kind. */
    static WireAnswer spoil(FaultOrder order, WireAnswer answer) {
        var delivery = answer.delivery();
        return switch (order.fault()) {
            case CONNECTION_CUT -> answer.delivered(delivery.ending(Delivery.End.RESET, order.number()));
            case BODY_TRUNCATED -> answer.delivered(delivery.ending(Delivery.End.CLOSE, order.number()));
            case LENGTH_MISSING ->
                answer.without("Content-Length").delivered(delivery.ending(Delivery.End.CLOSE, order.number()));
            case BODY_STALLED -> answer.delivered(delivery.ending(Delivery.End.STALL, order.number()));
            case BODY_SLOW -> answer.delivered(delivery.atMost(order.number()));
            case LENGTH_SHORT -> shortened(answer, order.number());
            case DATE_MISSING -> answer.without("Date");
            default -> answer;
        };
    }

    private static WireAnswer shortened(WireAnswer answer, long length) {
        var body = answer.body().slice(0, Math.min(length, answer.body().length()));
        return answer.withBody(body).with("Content-Length", Long.toString(body.length()));
    }

    private static WireAnswer retryAfter(WireAnswer answer, Duration wait) {
        return wait.isZero() ? answer : answer.with("Retry-After", Long.toString(wait.toSeconds()));
    }
}
