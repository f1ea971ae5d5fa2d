package io.backhaul.simulator;

import java.util.Optional;
import java.util.function.Function;

/** A provider's object store, as it answers downloads by link (tencent-aliyun.md 2.4). Its one bucket is a part of the path. */
final class StoreEndpoint implements Endpoint {
    private final String bucket;
    private final Function<String, Optional<StoredObject>> objects;
    private final LinkJudge links;
    private final XmlManners manners;
    private final DownloadDesk desk;
    private final Journal journal;

    /** @param objects finds an object by its path, which starts with the bucket */
    StoreEndpoint(
            String bucket,
            Function<String, Optional<StoredObject>> objects,
            LinkJudge links,
            XmlManners manners,
            DownloadDesk desk,
            Journal journal) {
        this.bucket = bucket;
        this.objects = objects;
        this.links = links;
        this.manners = manners;
        this.desk = desk;
        this.journal = journal;
    }

    @Override
    public boolean isMeant(WireRequest request) {
        return request.rawPath().startsWith("/" + bucket + "/");
    }

    @Override
    public Reply reply(WireRequest request) {
        var verdict = links.judge(request);
        if (verdict == LinkVerdict.EXPIRED) {
            journal.expiredHit();
        }
        var object = objects.apply(Percent.decode(request.rawPath()));
        var refusal = manners.about(verdict, request);
        if (object.isEmpty()) {
            return Reply.refusing(refusal.orElseGet(manners::noSuchKey));
        }
        return refusal.isPresent()
                ? Reply.to(FaultTarget.file(object.get().fileName()), refusal.get(), Optional.empty())
                : desk.reply(request, object.get(), () -> links.revoke(request));
    }
}
