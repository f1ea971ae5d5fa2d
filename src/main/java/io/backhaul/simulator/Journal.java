package io.backhaul.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What was asked of the cloud, for those who watch it. Any thread may call; a request is here before its answer is. */
public final class Journal {
    /** A demo may run for days; older requests are forgotten, the counts are not. */
    private static final int MOST_REQUESTS = 10_000;

    private static final Set<String> KEPT_HEADERS = Set.of(
            "accept-encoding",
            "content-length",
            "content-type",
            "host",
            "if-match",
            "if-range",
            "range",
            "transfer-encoding",
            "user-agent",
            "x-acs-action",
            "x-tc-action",
            "x-project-id",
            "x-sdk-date");

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private long linksIssued;
    private long expiredHits;

    /** The newest requests, oldest first. */
    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Those of the newest requests that were meant for this place. */
    public synchronized List<RecordedRequest> requests(FaultTarget target) {
        return requests.stream()
                .filter(r -> r.place() != null && target.covers(r.place()))
                .toList();
    }

    /** How many links were handed out so far. */
    public synchronized long linksIssued() {
        return linksIssued;
    }

    /** How many requests came with a link that was dead already. */
    public synchronized long expiredHits() {
        return expiredHits;
    }

    synchronized void linkIssued() {
        linksIssued++;
    }

    synchronized void expiredHit() {
        expiredHits++;
    }

    synchronized void record(WireRequest request, Instant at, Reply reply) {
        if (requests.size() == MOST_REQUESTS) {
            requests.removeFirst();
        }
        requests.addLast(new RecordedRequest(
                at,
                request.method(),
                request.rawPath(),
                queryNames(request),
                names(request.headers()),
                kept(request.headers()),
                reply.answer().status(),
                reply.place(),
                reply.order() == null ? null : reply.order().fault()));
    }

    /** Where the whole query is one token, its first part is no name but a secret. */
    private static List<String> queryNames(WireRequest request) {
        return names(request.parameters()).stream()
                .map(name -> name.matches("[A-Za-z0-9._-]{1,40}") ? name : "(opaque)")
                .toList();
    }

    private static List<String> names(Collection<Header> headers) {
        return headers.stream().map(Header::name).toList();
    }

    private static Map<String, String> kept(Collection<Header> headers) {
        var kept = new HashMap<String, String>();
        for (var header : headers) {
            var name = header.name().toLowerCase(Locale.ROOT);
            if (KEPT_HEADERS.contains(name)) {
                kept.put(name, header.value());
            }
        }
        return kept;
    }
}
