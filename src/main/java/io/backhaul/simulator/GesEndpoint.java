package io.backhaul.simulator;

import io.backhaul.simulator.ListFaults.Listed;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Huawei's GES API, version 2 (contract 1.4, 1.5, 2.2). */
final class GesEndpoint extends HuaweiEndpoint {
    private static final Pattern MEANT = Pattern.compile("/v2/[^/]+/graphs(/.*)?");
    private static final Pattern PATH =
            Pattern.compile("/v2/([^/]+)/graphs(?:/([^/]+)/(backups|backup-files)|/(backups))?");
    private static final Duration LIFE = Duration.ofHours(1);

    private final CloudSettings settings;
    private final Clock clock;
    private final GesAccount account;
    private final LinkIssuer issuer;

    GesEndpoint(
            CloudSettings settings,
            Clock clock,
            HuaweiGateway gateway,
            HuaweiErrors errors,
            CallDesk desk,
            GesAccount account,
            LinkIssuer issuer) {
        super(settings, gateway, errors, desk);
        this.settings = settings;
        this.clock = clock;
        this.account = account;
        this.issuer = issuer;
    }

    @Override
    public boolean isMeant(WireRequest request) {
        return MEANT.matcher(request.rawPath()).matches();
    }

    /** The graph's id is empty where all graphs are meant. */
    @Override
    Optional<HuaweiCall> call(WireRequest request) {
        var path = PATH.matcher(request.rawPath());
        if (!path.matches() || !request.method().equals("GET")) {
            return Optional.empty();
        }
        var graph = Optional.ofNullable(path.group(2)).map(Percent::decode).orElse("");
        var operation = "backup-files".equals(path.group(3))
                ? Operation.GES_LINKS
                : path.group(3) == null && path.group(4) == null ? Operation.GES_GRAPHS : Operation.GES_BACKUPS;
        var backup = request.parameter("backup_id").orElse("");
        return Optional.of(new HuaweiCall(operation, path.group(1), graph, backup, request));
    }

    @Override
    WireAnswer foreignProject() {
        return errors.error(400, "GES.0016", "Resource not found.");
    }

    @Override
    WireAnswer answer(HuaweiCall call, Optional<FaultOrder> order) {
        return switch (call.operation()) {
            case GES_GRAPHS -> graphs(call, order);
            case GES_BACKUPS -> backups(call, order);
            default -> links(call, order);
        };
    }

    private WireAnswer graphs(HuaweiCall call, Optional<FaultOrder> order) {
        var listed = ListFaults.listing(
                Page.of(call.request(), errors), order, account::graphs, g -> account.removeGraph(g.id()), errors);
        var nodes = listed.items().stream()
                .map(graph -> GesJson.graph(graph, settings.region()))
                .toList();
        return list("graph_count", "graphs", listed.total(), nodes);
    }

    private WireAnswer backups(HuaweiCall call, Optional<FaultOrder> order) {
        needGraph(call);
        Listed<GesAccount.Held> listed = ListFaults.listing(
                Page.of(call.request(), errors),
                order,
                () -> call.instanceId().isEmpty() ? account.backups() : account.backups(call.instanceId()),
                held -> account.remove(held.facts().id()),
                errors);
        return list(
                "backup_count",
                "backup_list",
                listed.total(),
                listed.items().stream().map(GesJson::backup).toList());
    }

    private WireAnswer list(String total, String rows, int count, List<ObjectNode> nodes) {
        var body = HuaweiErrors.object().put(total, count);
        body.putArray(rows).addAll(nodes);
        return errors.ok(body);
    }

    private WireAnswer links(HuaweiCall call, Optional<FaultOrder> order) {
        needGraph(call);
        var id = call.backupId();
        if (id.isEmpty()) {
            throw new Refused(errors.invalid("backup_id"));
        }
        var isLost = GrantFaults.strikes(Fault.BACKUP_LOST, order);
        if (isLost && account.backup(call.instanceId(), id).isPresent()) {
            account.remove(id);
        }
        var held = account.backup(call.instanceId(), id)
                .orElseThrow(() -> new Refused(
                        errors.error(400, "GES.7024", "The graph backup does not exist or has been deleted.")));
        if (!held.facts().status().equals("success")) {
            throw new Refused(errors.error(400, "GES.7040", "The status of the backup is not success."));
        }
        return errors.ok(grant(held, order));
    }

    private ObjectNode grant(GesAccount.Held held, Optional<FaultOrder> order) {
        var life = settings.linkLife().apply(LIFE);
        var expires = clock.instant().plus(life);
        var body = HuaweiErrors.object().put("bucket", account.bucket());
        var files = body.putArray("files");
        var first = held.objects().getFirst();
        for (var object : held.objects()) {
            files.add(GesJson.file(
                    GrantFaults.shownName(object, first, order),
                    object.content().length(),
                    issuer.issue(object, life, order),
                    expires,
                    account.expiryStyle()));
        }
        return body;
    }

    private void needGraph(HuaweiCall call) {
        if (!call.instanceId().isEmpty() && !account.hasGraph(call.instanceId())) {
            throw new Refused(errors.error(400, "GES.7000", "The graph does not exist or has been deleted."));
        }
    }
}
