package io.backhaul.simulator;

import java.util.Optional;
import java.util.function.Function;

/** A provider's object store, as it answers downloads by link (contract 2.4; tencent-aliyun.md 2.4). Buckets are a part of the path. */
final class StoreEndpoint implements Endpoint {
    private final String prefix;
    private final Function<String, Optional<StoredObject>> objects;
    private final SignedLinks links;
    private final XmlManners manners;
    private final DownloadDesk desk;
    private final Journal journal;

    /**
     * @param prefix of the paths that are this store's
     * @param objects finds an object by its path
     */
    StoreEndpoint(
            String prefix,
            Function<String, Optional<StoredObject>> objects,
            SignedLinks links,
            XmlManners manners,
            DownloadDesk desk,
            Journal journal) {
        this.prefix = prefix;
        this.objects = objects;
        this.links = links;
        this.manners = manners;
        this.desk = desk;
        this.journal = journal;
    }

    @Override
    public boolean isMeant(WireRequest request) {
        return request.rawPath().startsWith(prefix);
    }

    @Override
    public Reply reply(WireRequest request) {
        var verdict = links.judge(request);
        if (verdict == LinkVerdict.EXPIRED) {
            journal.expiredHit();
        }
        var path = Percent.decode(request.rawPath());
        var object = objects.apply(path);
        var refusal = manners.about(verdict, request);
        if (object.isEmpty()) {
            return Reply.refusing(refusal.orElseGet(() -> manners.missing(path)));
        }
        return refusal.isPresent()
                ? Reply.to(FaultTarget.file(object.get().fileName()), refusal.get(), Optional.empty())
                : desk.reply(request, object.get(), () -> links.revoke(request));
    }
}
