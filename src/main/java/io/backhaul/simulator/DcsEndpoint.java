package io.backhaul.simulator;

import java.util.Optional;
import java.util.regex.Pattern;

/** Huawei's DCS API (contract 1.1, 1.2, 2.1): which operation is meant, whether it may be, and which fault strikes. */
final class DcsEndpoint implements Endpoint {
    private static final Pattern PATH =
            Pattern.compile("/v2/([^/]+)/instances(?:/([^/]+)/backups(?:/([^/]+)/links)?)?");

    private final CloudSettings settings;
    private final HuaweiGateway gateway;
    private final HuaweiErrors errors;
    private final FaultPlan faults;
    private final DcsLists lists;
    private final DcsLinks links;

    DcsEndpoint(
            CloudSettings settings,
            HuaweiGateway gateway,
            HuaweiErrors errors,
            FaultPlan faults,
            DcsLists lists,
            DcsLinks links) {
        this.settings = settings;
        this.gateway = gateway;
        this.errors = errors;
        this.faults = faults;
        this.lists = lists;
        this.links = links;
    }

    /** One understood call. Ids are empty where the operation has none. */
    record Call(Operation operation, String projectId, String instanceId, String backupId, WireRequest request) {}

    @Override
    public boolean isMeant(WireRequest request) {
        return request.rawPath().startsWith("/v2/");
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
        if (!path.matches()) {
            return Optional.empty();
        }
        var instance = Optional.ofNullable(path.group(2)).map(Percent::decode);
        var backup = Optional.ofNullable(path.group(3)).map(Percent::decode);
        var operation = backup.isPresent()
                ? Operation.DCS_LINKS
                : instance.isPresent() ? Operation.DCS_BACKUPS : Operation.DCS_INSTANCES;
        var isRead = request.method().equals(operation == Operation.DCS_LINKS ? "POST" : "GET");
        return Optional.of(new Call(operation, path.group(1), instance.orElse(""), backup.orElse(""), request))
                .filter(call -> isRead);
    }

    private Optional<WireAnswer> scopeRefusal(Call call) {
        return call.projectId.equals(settings.projectId())
                ? Optional.empty()
                : Optional.of(
                        errors.error(401, "DCS.1004", "The project ID in the URL does not match the credential."));
    }

    private WireAnswer answer(Call call, Optional<FaultOrder> order) {
        var instead = order.flatMap(o -> FaultAnswers.instead(o, errors));
        if (instead.isPresent()) {
            return instead.get();
        }
        return switch (call.operation) {
            case DCS_INSTANCES -> lists.instances(call, order);
            case DCS_BACKUPS -> lists.backups(call, order);
            case DCS_LINKS -> links.grant(call, order);
            default -> throw new IllegalStateException("no operation of DCS: " + call.operation);
        };
    }
}
