package io.backhaul.simulator;

/** The pages and headers of v2's download servers. */
final class TokenManners implements StoreManners {
    @Override
    public WireAnswer expired(WireRequest request) {
        return forbidden();
    }

    @Override
    public WireAnswer forbidden() {
        return page(403, "Forbidden");
    }

    @Override
    public WireAnswer preconditionFailed() {
        return page(412, "Precondition Failed");
    }

    @Override
    public WireAnswer rangeOutside() {
        return page(416, "Requested Range Not Satisfiable");
    }

    @Override
    public WireAnswer throttled() {
        return page(429, "Too Many Requests");
    }

    @Override
    public WireAnswer unavailable() {
        return page(503, "Service Temporarily Unavailable");
    }

    @Override
    public WireAnswer broken() {
        return page(500, "Internal Server Error");
    }

    @Override
    public WireAnswer described(StoredObject stored, WireAnswer answer) {
        return answer.with("Server", "nginx");
    }

    WireAnswer page(int status, String words) {
        var html = "<html><head><title>" + status + " " + words + "</title></head><body><h1>" + status + " " + words
                + "</h1></body></html>\n";
        return WireAnswer.of(status, "text/html", Content.text(html)).with("Server", "nginx");
    }
}
