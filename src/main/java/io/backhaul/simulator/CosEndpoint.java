package io.backhaul.simulator;

import java.util.Optional;

/** Tencent's object store, as it answers downloads by link (tencent-aliyun.md 2.4). Its one bucket is a part of the path. */
final class CosEndpoint implements Endpoint {
    private final String bucket;
    private final ObjectStore store;
    private final CosLinks links;
    private final CosManners manners;
    private final DownloadDesk desk;
    private final Journal journal;

    CosEndpoint(
            String bucket, ObjectStore store, CosLinks links, CosManners manners, DownloadDesk desk, Journal journal) {
        this.bucket = bucket;
        this.store = store;
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
        if (verdict == CosLinks.Verdict.EXPIRED) {
            journal.expiredHit();
        }
        var object = store.find(Percent.decode(request.rawPath()));
        var refusal = manners.about(verdict);
        if (object.isEmpty()) {
            return Reply.refusing(
                    refusal.orElseGet(() -> manners.error(404, "NoSuchKey", "The specified key does not exist.")));
        }
        return refusal.isPresent()
                ? Reply.to(FaultTarget.file(object.get().fileName()), refusal.get(), Optional.empty())
                : desk.reply(request, object.get(), () -> links.revoke(request));
    }
}
