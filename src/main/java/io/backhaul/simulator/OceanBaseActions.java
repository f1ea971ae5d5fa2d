package io.backhaul.simulator;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What the OceanBase API does (tencent-aliyun.md 1.3, 2.3), strict where its documents are. */
final class OceanBaseActions {
    private static final int MOST = 100;

    private final OceanBaseAccount account;
    private final OceanBaseGrants grants;
    private final OceanBaseErrors errors;
    private final Clock clock;

    OceanBaseActions(OceanBaseAccount account, OceanBaseGrants grants, OceanBaseErrors errors, Clock clock) {
        this.account = account;
        this.grants = grants;
        this.errors = errors;
        this.clock = clock;
    }

    /** The page that is asked for, the first ten rows unless told. */
    Page page(Question question) {
        var number = number(question, "PageNumber", 1);
        var size = number(question, "PageSize", 10);
        if (number < 1) {
            throw new Refused(errors.invalid("PageNumber"));
        }
        if (size < 1 || size > MOST) {
            throw new Refused(errors.invalid("PageSize"));
        }
        return new Page((number - 1) * size, size);
    }

    /** Whether an answer about a task would hold links, so that a fault of theirs can strike it. */
    boolean hasLinks(Question question) {
        return question.text("DownloadTaskId")
                .filter(id -> id.matches("\\d{1,18}"))
                .flatMap(id -> account.task(question.text("InstanceId").orElse(""), Long.parseLong(id)))
                .filter(this::showsLinks)
                .isPresent();
    }

    /** Whether such links have file names beside them. */
    boolean hasFileNames() {
        return account.forms().shape() != OceanBaseForms.Shape.INTERNAL_URL;
    }

    ObjectNode instances(Question question, Optional<FaultOrder> order) {
        Supplier<List<OceanBaseInstance>> all = () -> account.instances().stream()
                .filter(i -> isWanted(question, "InstanceId", i.id()))
                .filter(i -> isWanted(question, "InstanceName", i.name()))
                .filter(i -> question.text("SearchKey")
                        .map(key -> i.id().contains(key) || i.name().contains(key))
                        .orElse(true))
                .toList();
        var listed = ListFaults.listing(page(question), order, all, i -> account.removeInstance(i.id()), errors);
        var body = OceanBaseErrors.object().put("TotalCount", listed.total());
        var rows = body.putArray("Instances");
        listed.items().forEach(instance -> rows.add(OceanBaseJson.instance(instance)));
        return body;
    }

    ObjectNode backups(Question question, Optional<FaultOrder> order) {
        var instance = instance(question);
        var begin = time(question, "StartTime", Instant.MIN);
        var end = time(question, "EndTime", Instant.MAX);
        Supplier<List<OceanBaseAccount.Held>> all = () -> account.backups(instance).stream()
                .filter(held -> isWanted(question, "Status", held.facts().status()))
                .filter(held -> isWanted(question, "BackupObjectType", "cluster"))
                .filter(held -> !held.facts().startedAt().isBefore(begin)
                        && !held.facts().startedAt().isAfter(end))
                .toList();
        var listed = ListFaults.listing(
                page(question), order, all, held -> account.remove(held.facts().id()), errors);
        var body = OceanBaseErrors.object().put("TotalCount", listed.total());
        var rows = body.putArray("Data");
        for (var held : listed.items()) {
            var task = account.newestTask(held.facts().id());
            rows.add(OceanBaseJson.backup(held.facts(), task, account.forms(), clock.instant()));
        }
        return body;
    }

    ObjectNode prepare(Question question) {
        var held = held(question, needed(question, "BackupSetId"));
        var facts = held.facts();
        if (!isWord(facts.status(), "DONE") || !isWord(facts.validity(), "VALID")) {
            throw new Refused(errors.error(
                    400, "OperationDenied.BackupSetStatus", "The backup set cannot be downloaded in its status."));
        }
        var id = account.prepare(facts.id(), grants::isSpent).id();
        var body = OceanBaseErrors.object();
        switch (account.forms().created()) {
            case FLAT -> body.put("DownloadTaskId", id);
            case NESTED -> body.putObject("Data").put("DownloadTaskId", id);
            case UNSAID -> {}
        }
        return body;
    }

    ObjectNode links(Question question, Optional<FaultOrder> order) {
        var task = task(question);
        if (GrantFaults.strikes(Fault.BACKUP_LOST, order)) {
            account.remove(task.setId());
        }
        var held = held(question, task(question).setId());
        var data = OceanBaseJson.task(task, held.facts(), account.forms(), clock.instant());
        if (showsLinks(task)) {
            addLinks(data, task, held.objects(), order);
        }
        var body = OceanBaseErrors.object();
        body.set("Data", data);
        return body;
    }

    private void addLinks(ObjectNode data, OceanBaseTask task, List<StoredObject> objects, Optional<FaultOrder> order) {
        var forms = account.forms();
        var shown = forms.shape() == OceanBaseForms.Shape.LINKS_ARRAY ? objects : objects.subList(0, 1);
        var parts = new ArrayList<ObjectNode>();
        for (var object : shown) {
            var link = grants.show(task, object, forms, order);
            if (parts.isEmpty()) {
                OceanBaseJson.addInternal(data, link);
            }
            var name = GrantFaults.shownName(object, objects.getFirst(), order);
            parts.add(
                    OceanBaseJson.part(parts.size() + 1, name, object.content().length(), link));
        }
        OceanBaseJson.addParts(data, parts, forms.shape());
    }

    private boolean showsLinks(OceanBaseTask task) {
        return switch (task.at(clock.instant())) {
            case RUNNING -> account.forms().running() == OceanBaseForms.Running.WITH_LINKS;
            case DONE -> true;
            case FAILED -> false;
        };
    }

    private OceanBaseTask task(Question question) {
        var instance = instance(question);
        var id = needed(question, "DownloadTaskId");
        if (!id.matches("\\d{1,18}")) {
            throw new Refused(errors.invalid("DownloadTaskId"));
        }
        return account.task(instance, Long.parseLong(id))
                .orElseThrow(() -> new Refused(
                        errors.error(404, "DownloadTask.NotExist", "The specified download task does not exist.")));
    }

    private OceanBaseAccount.Held held(Question question, String setId) {
        return account.backup(instance(question), setId)
                .orElseThrow(() -> new Refused(
                        errors.error(404, "BackupSet.NotExist", "The specified backup set does not exist.")));
    }

    private String instance(Question question) {
        var id = needed(question, "InstanceId");
        if (!account.hasInstance(id)) {
            throw new Refused(errors.error(404, "Instance.NotFound", "The specified instance does not exist."));
        }
        return id;
    }

    private String needed(Question question, String name) {
        return question.text(name).filter(text -> !text.isBlank()).orElseThrow(() -> new Refused(errors.missing(name)));
    }

    private static boolean isWanted(Question question, String name, String value) {
        return question.text(name).map(wanted -> isWord(wanted, value)).orElse(true);
    }

    private static boolean isWord(String one, String other) {
        return one.toUpperCase(Locale.ROOT).equals(other.toUpperCase(Locale.ROOT));
    }

    private Instant time(Question question, String name, Instant ifMissing) {
        var text = question.text(name);
        try {
            return text.map(Instant::parse).orElse(ifMissing);
        } catch (DateTimeException e) {
            throw new Refused(errors.invalid(name));
        }
    }

    private int number(Question question, String name, int ifMissing) {
        var text = question.text(name).orElse(Integer.toString(ifMissing));
        if (!text.matches("\\d{1,6}")) {
            throw new Refused(errors.invalid(name));
        }
        return Integer.parseInt(text);
    }
}
