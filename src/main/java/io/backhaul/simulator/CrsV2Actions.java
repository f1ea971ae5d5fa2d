package io.backhaul.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Tencent's API v2 does (tencent-aliyun.md 1.1, 2.1). Numbers are texts, as in its samples, but for a few. A backup
 * is one link; a cluster's only after an export.
 */
final class CrsV2Actions {
    private static final Duration LINK_LIFE = Duration.ofHours(12);
    private static final int MOST = 100;

    private final CloudSettings settings;
    private final CrsAccount account;
    private final TokenLinks links;
    private final Journal journal;
    private final CrsV2Errors errors;
    private final Supplier<URI> storeEndpoint;
    private final AtomicInteger tasks = new AtomicInteger(1000);

    CrsV2Actions(
            CloudSettings settings,
            CrsAccount account,
            TokenLinks links,
            Journal journal,
            CrsV2Errors errors,
            Supplier<URI> storeEndpoint) {
        this.settings = settings;
        this.account = account;
        this.links = links;
        this.journal = journal;
        this.errors = errors;
        this.storeEndpoint = storeEndpoint;
    }

    /** The page that is asked for; both of its numbers must be said. */
    Page page(Question question) {
        var limit = question.text("limit").orElse("");
        var offset = question.text("offset").orElse("");
        return Optional.of(limit)
                .filter(text -> text.matches("\\d{1,4}") && offset.matches("\\d{1,9}"))
                .map(text -> new Page(Integer.parseInt(offset), Integer.parseInt(text)))
                .filter(page -> page.limit() > 0 && page.limit() <= MOST)
                .orElseThrow(() -> new Refused(errors.product(11201, "InvalidParameter")));
    }

    ObjectNode instances(Question question, Optional<FaultOrder> order) {
        var id = question.text("redisId");
        var listed = ListFaults.listing(
                page(question),
                order,
                () -> account.instances().stream()
                        .filter(i -> id.map(i.id()::equals).orElse(true))
                        .toList(),
                i -> account.removeInstance(i.id()),
                errors);
        var body = CrsV2Errors.success().put("totalCount", listed.total());
        var set = body.putObject("data").putArray("redisSet");
        listed.items().forEach(instance -> set.add(instance(instance)));
        return body;
    }

    ObjectNode backups(Question question, Optional<FaultOrder> order) {
        var instance = instanceOf(question);
        var listed = ListFaults.listing(
                page(question), order, () -> account.backups(instance.id()), b -> account.remove(b.id()), errors);
        var body = CrsV2Errors.success().put("totalCount", listed.total());
        var set = body.putObject("data").putArray("redisBackupSet");
        listed.items().forEach(backup -> set.add(backup(backup)));
        return body;
    }

    ObjectNode export(Question question) {
        var isCluster = instanceOf(question).edition() == CrsInstance.Edition.CLUSTER;
        var held = held(question);
        if (!isCluster) {
            throw new Refused(errors.product(11214, "OnlyClusterInstanceCanExportBackup"));
        }
        if (held.facts().status() != CrsAccount.NORMAL) {
            throw new Refused(errors.product(10711, "BackupStatusInvalid"));
        }
        account.export(held.facts().id());
        var body = CrsV2Errors.success();
        body.putObject("data").put("requestId", tasks.incrementAndGet());
        return body;
    }

    ObjectNode link(Question question, Optional<FaultOrder> order) {
        var instance = instanceOf(question);
        if (GrantFaults.strikes(Fault.BACKUP_LOST, order)) {
            account.remove(held(question).facts().id());
        }
        account.asked(held(question).facts().id());
        var held = held(question);
        var status = held.facts().status();
        var isCluster = instance.edition() == CrsInstance.Edition.CLUSTER;
        if (status != CrsAccount.EXPORTED && (isCluster || status != CrsAccount.NORMAL)) {
            throw new Refused(errors.product(10711, "BackupStatusAbnormal"));
        }
        var life = settings.linkLife().apply(LINK_LIFE);
        var link = storeEndpoint.get() + links.sign(held.objects().getFirst(), life);
        journal.linkIssued();
        var body = CrsV2Errors.success();
        body.putObject("data").put("intranet", link).put("extranet", link);
        return body;
    }

    private static ObjectNode instance(CrsInstance instance) {
        var isCluster = instance.edition() == CrsInstance.Edition.CLUSTER;
        return CrsErrors.object()
                .put("redisName", instance.name())
                .put("redisId", instance.id())
                .put("appid", "1250000000")
                .put("projectId", "0")
                .put("regionId", "1")
                .put("zoneId", 100003)
                .put("status", Integer.toString(instance.status()))
                .put("statusDesc", "running")
                .put("wanIp", "10.0.0.8")
                .put("port", "6379")
                .put("createtime", CrsTimes.of(instance.createdAt()))
                .put("size", Integer.toString(instance.sizeMb()))
                .put("sizeUsed", 1)
                .put("typeId", isCluster ? "1" : "2")
                .put("typeIddesc", isCluster ? "cluster" : "master-slave")
                .put("autoRenewFlag", 1)
                .put("deadlineTime", "0000-00-00 00:00:00");
    }

    private static ObjectNode backup(CrsBackup backup) {
        return CrsErrors.object()
                .put("startTime", CrsTimes.of(backup.startedAt()))
                .put("backupId", backup.id())
                .put("backupType", "systemBackupInstance")
                .put("status", Integer.toString(backup.status()))
                .put("remark", "")
                .put("locked", "0");
    }

    private CrsInstance instanceOf(Question question) {
        return account.instance(question.text("redisId").orElse(""))
                .orElseThrow(() -> new Refused(errors.product(10701, "InstanceNotExists")));
    }

    private CrsAccount.Held held(Question question) {
        return account.backup(
                        question.text("redisId").orElse(""),
                        question.text("backupId").orElse(""))
                .orElseThrow(() -> new Refused(errors.product(11213, "BackupNotExists")));
    }
}
