package io.backhaul.simulator;

import io.backhaul.simulator.ListFaults.Listed;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Huawei's GES API, version 2 (contract 1.4, 1.5, 2.2). */
final class GesEndpoint implements Endpoint {
    private static final Pattern MEANT = Pattern.compile("/v2/[^/]+/graphs(/.*)?");
    private static final Pattern PATH =
            Pattern.compile("/v2/([^/]+)/graphs(?:/([^/]+)/(backups|backup-files)|/(backups))?");
    private static final Duration LIFE = Duration.ofHours(1);

    private final CloudSettings settings;
    private final Clock clock;
    private final HuaweiGateway gateway;
    private final HuaweiErrors errors;
    private final FaultPlan faults;
    private final GesAccount account;
    private final LinkIssuer issuer;

    GesEndpoint(
            CloudSettings settings,
            Clock clock,
            HuaweiGateway gateway,
            HuaweiErrors errors,
            FaultPlan faults,
            GesAccount account,
            LinkIssuer issuer) {
        this.settings = settings;
        this.clock = clock;
        this.gateway = gateway;
        this.errors = errors;
        this.faults = faults;
        this.account = account;
        this.issuer = issuer;
    }

    /** One understood call. The graph's id is empty where all graphs are meant. */
    private record Call(Operation operation, String projectId, String graphId, WireRequest request) {}

    @Override
    public boolean isMeant(WireRequest request) {
        return MEANT.matcher(request.rawPath()).matches();
    }

    @Override
    public Reply reply(WireRequest request) {
        var call = call(request);
        if (call.isEmpty()) {
            return Reply.refusing(errors.error(404, "APIGW.0101", "The API does not exist or has not been published"));
        }
        var place = FaultTarget.operation(call.get().operation);
        var refusal = gateway.refusal(request).or(() -> scopeRefusal(call.get()));
        if (refusal.isPresent()) {
            return Reply.to(place, refusal.get(), Optional.empty());
        }
        var order = faults.draw(place, o -> ListFaults.suit(o, () -> Page.of(request, errors)));
        try {
            return Reply.to(place, answer(call.get(), order), order);
        } catch (Refused refused) {
            return Reply.to(place, refused.answer(), order);
        }
    }

    private static Optional<Call> call(WireRequest request) {
        var path = PATH.matcher(request.rawPath());
        if (!path.matches() || !request.method().equals("GET")) {
            return Optional.empty();
        }
        var graph = Optional.ofNullable(path.group(2)).map(Percent::decode).orElse("");
        var operation = "backup-files".equals(path.group(3))
                ? Operation.GES_LINKS
                : path.group(3) == null && path.group(4) == null ? Operation.GES_GRAPHS : Operation.GES_BACKUPS;
        return Optional.of(new Call(operation, path.group(1), graph, request));
    }

    private Optional<WireAnswer> scopeRefusal(Call call) {
        return call.projectId.equals(settings.projectId())
                ? Optional.empty()
                : Optional.of(errors.error(400, "GES.0016", "Resource not found."));
    }

    private WireAnswer answer(Call call, Optional<FaultOrder> order) {
        var instead = order.flatMap(o -> FaultAnswers.instead(o, errors));
        if (instead.isPresent()) {
            return instead.get();
        }
        return switch (call.operation) {
            case GES_GRAPHS -> graphs(call, order);
            case GES_BACKUPS -> backups(call, order);
            default -> links(call, order);
        };
    }

    private WireAnswer graphs(Call call, Optional<FaultOrder> order) {
        var listed = ListFaults.listing(
                Page.of(call.request, errors), order, account::graphs, g -> account.removeGraph(g.id()), errors);
        var nodes = listed.items().stream()
                .map(graph -> GesJson.graph(graph, settings.region()))
                .toList();
        return list("graph_count", "graphs", listed.total(), nodes);
    }

    private WireAnswer backups(Call call, Optional<FaultOrder> order) {
        needGraph(call);
        Listed<GesAccount.Held> listed = ListFaults.listing(
                Page.of(call.request, errors),
                order,
                () -> call.graphId.isEmpty() ? account.backups() : account.backups(call.graphId),
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

    private WireAnswer links(Call call, Optional<FaultOrder> order) {
        needGraph(call);
        var id = call.request.parameter("backup_id").filter(text -> !text.isEmpty());
        if (id.isEmpty()) {
            throw new Refused(errors.invalid("backup_id"));
        }
        var isLost = order.filter(o -> o.fault() == Fault.BACKUP_LOST).isPresent();
        if (isLost && account.backup(call.graphId, id.get()).isPresent()) {
            account.remove(id.get());
        }
        var held = account.backup(call.graphId, id.get())
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

    private void needGraph(Call call) {
        if (!call.graphId.isEmpty() && !account.hasGraph(call.graphId)) {
            throw new Refused(errors.error(400, "GES.7000", "The graph does not exist or has been deleted."));
        }
    }
}
