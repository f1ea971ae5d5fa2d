package io.backhaul.simulator;

import java.util.Optional;

/**
 * A download server of v2 (tencent-aliyun.md 2.1). How it refuses is not documented; here it does so like a plain web
 * server, with a page for people.
 */
final class TokenEndpoint implements Endpoint {
    private final ObjectStore store;
    private final TokenLinks links;
    private final DownloadDesk desk;
    private final Journal journal;
    private final TokenManners manners;

    TokenEndpoint(ObjectStore store, TokenLinks links, DownloadDesk desk, Journal journal, TokenManners manners) {
        this.store = store;
        this.links = links;
        this.desk = desk;
        this.journal = journal;
        this.manners = manners;
    }

    @Override
    public boolean isMeant(WireRequest request) {
        return request.rawPath().equals(TokenLinks.PATH);
    }

    @Override
    public Reply reply(WireRequest request) {
        var meant = links.meant(request);
        if (meant.isEmpty()) {
            return Reply.refusing(manners.forbidden());
        }
        var object = store.find(meant.get());
        if (object.isEmpty()) {
            return Reply.refusing(manners.page(404, "Not Found"));
        }
        if (!links.isAlive(request)) {
            journal.expiredHit();
            return Reply.to(FaultTarget.file(object.get().fileName()), manners.forbidden(), Optional.empty());
        }
        return desk.reply(request, object.get(), () -> links.revoke(request));
    }
}
