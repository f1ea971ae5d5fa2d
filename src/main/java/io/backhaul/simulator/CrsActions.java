package io.backhaul.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What API 2018-04-12 does (tencent-aliyun.md 1.2, 2.2), strict where its documents are. */
final class CrsActions {
    private static final Duration LONGEST_SPAN = Duration.ofDays(30);
    /** Six hours and a minute, as in the documents' sample. */
    private static final Duration LINK_LIFE = Duration.ofMinutes(361);

    private final CloudSettings settings;
    private final CrsAccount account;
    private final CosLinks links;
    private final Journal journal;
    private final CrsErrors errors;
    private final Supplier<URI> storeEndpoint;

    CrsActions(
            CloudSettings settings,
            CrsAccount account,
            CosLinks links,
            Journal journal,
            CrsErrors errors,
            Supplier<URI> storeEndpoint) {
        this.settings = settings;
        this.account = account;
        this.links = links;
        this.journal = journal;
        this.errors = errors;
        this.storeEndpoint = storeEndpoint;
    }

    /** The page that is asked for: an offset that is no multiple of the limit is refused. */
    Page page(Question question, int most) {
        var limit = number(question, "Limit", 20);
        var offset = number(question, "Offset", 0);
        if (limit < 1 || limit > most || offset < 0 || offset % limit != 0) {
            throw new Refused(invalid("Limit or Offset is out of its bounds."));
        }
        return new Page(offset, limit);
    }

    ObjectNode instances(Page page, Optional<FaultOrder> order) {
        var listed = ListFaults.listing(page, order, account::instances, i -> account.removeInstance(i.id()), errors);
        var response = CrsErrors.object().put("TotalCount", listed.total());
        var set = response.putArray("InstanceSet");
        listed.items().forEach(instance -> set.add(CrsJson.instance(instance, settings.region())));
        return response;
    }

    ObjectNode backups(Question question, Page page, Optional<FaultOrder> order) {
        var instance = instance(question);
        var begin = time(question, "BeginTime", Instant.MIN);
        var end = time(question, "EndTime", Instant.MAX);
        var isBounded = begin.isAfter(Instant.MIN) && end.isBefore(Instant.MAX);
        if (isBounded && (end.isBefore(begin) || Duration.between(begin, end).compareTo(LONGEST_SPAN) > 0)) {
            throw new Refused(invalid("The time span is longer than 30 days, or ends before it begins."));
        }
        var statuses = question.texts("Status");
        var wanted = statuses.isEmpty() ? List.of("2") : statuses;
        Supplier<List<CrsBackup>> all = () -> account.backups(instance.id()).stream()
                .filter(b -> !b.startedAt().isBefore(begin) && !b.startedAt().isAfter(end))
                .filter(b -> wanted.contains(Integer.toString(b.status())))
                .toList();
        var listed = ListFaults.listing(page, order, all, b -> account.remove(b.id()), errors);
        var response = CrsErrors.object().put("TotalCount", listed.total());
        var set = response.putArray("BackupSet");
        listed.items().forEach(backup -> set.add(CrsJson.backup(instance, backup, settings.region())));
        return response;
    }

    ObjectNode detail(Question question) {
        return CrsJson.detail(instance(question), held(question).facts());
    }

    ObjectNode links(Question question, Optional<FaultOrder> order) {
        instance(question);
        if (GrantFaults.strikes(Fault.BACKUP_LOST, order)) {
            account.remove(held(question).facts().id());
        }
        account.asked(held(question).facts().id());
        var held = held(question);
        if (!List.of(CrsAccount.NORMAL, CrsAccount.EXPORTED)
                .contains(held.facts().status())) {
            throw new Refused(errors.error(
                    "ResourceUnavailable.BackupStatusInvalid", "The backup is locked by another process, or deleted."));
        }
        var response = CrsErrors.object();
        response.putNull("DownloadUrl").putNull("InnerDownloadUrl").putNull("Filenames");
        var infos = response.putArray("BackupInfos");
        var first = held.objects().getFirst();
        for (var object : held.objects()) {
            infos.addObject()
                    .put("FileName", GrantFaults.shownName(object, first, order))
                    .put("FileSize", object.content().length())
                    .put("DownloadUrl", link(object, order, CosLinks.Form.PLAIN))
                    .put("InnerDownloadUrl", link(object, order, CosLinks.Form.PACKED));
            journal.linkIssued();
        }
        return response;
    }

    private String link(StoredObject object, Optional<FaultOrder> order, CosLinks.Form form) {
        var isOpaque = GrantFaults.strikes(Fault.LINKS_OPAQUE, order);
        var life = settings.linkLife().apply(LINK_LIFE);
        var endpoint = storeEndpoint.get();
        return endpoint
                + (isOpaque ? links.opaque(object, life) : links.sign(object, life, form, endpoint.getAuthority()));
    }

    private CrsInstance instance(Question question) {
        return account.instance(needed(question, "InstanceId"))
                .orElseThrow(() -> new Refused(
                        errors.error("ResourceNotFound.InstanceNotExists", "The instance does not exist.")));
    }

    private CrsAccount.Held held(Question question) {
        return account.backup(needed(question, "InstanceId"), needed(question, "BackupId"))
                .orElseThrow(() -> new Refused(
                        errors.error("InvalidParameterValue.BackupNotExists", "The backup does not exist.")));
    }

    private String needed(Question question, String name) {
        return question.text(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new Refused(errors.error(
                        "MissingParameter", "The request is missing a required parameter `" + name + "`.")));
    }

    private Instant time(Question question, String name, Instant ifMissing) {
        var text = question.text(name);
        return text.isEmpty()
                ? ifMissing
                : CrsTimes.read(text.get()).orElseThrow(() -> new Refused(invalid("Invalid " + name + ".")));
    }

    private int number(Question question, String name, int ifMissing) {
        var text = question.text(name).orElse(Integer.toString(ifMissing));
        if (!text.matches("-?\\d{1,9}")) {
            throw new Refused(invalid("Invalid " + name + "."));
        }
        return Integer.parseInt(text);
    }

    private WireAnswer invalid(String message) {
        return errors.error("InvalidParameter.InvalidParameter", message);
    }
}
