package io.backhaul.simulator;

import java.util.Optional;

/** What Huawei's APIs have in common: who may call, and for which project. */
abstract class HuaweiEndpoint implements Endpoint {
    final HuaweiErrors errors;

    private final CloudSettings settings;
    private final HuaweiGateway gateway;
    private final CallDesk desk;

    HuaweiEndpoint(CloudSettings settings, HuaweiGateway gateway, HuaweiErrors errors, CallDesk desk) {
        this.settings = settings;
        this.gateway = gateway;
        this.errors = errors;
        this.desk = desk;
    }

    /** Which operation is meant; empty when there is no such one. */
    abstract Optional<HuaweiCall> call(WireRequest request);

    /** To one who asks for a project that is not the account's. */
    abstract WireAnswer foreignProject();

    abstract WireAnswer answer(HuaweiCall call, Optional<FaultOrder> order);

    @Override
    public Reply reply(WireRequest request) {
        var call = call(request);
        if (call.isEmpty()) {
            return Reply.refusing(errors.error(404, "APIGW.0101", "The API does not exist or has not been published"));
        }
        var isOurs = call.get().projectId().equals(settings.projectId());
        var refusal = gateway.refusal(request).or(() -> isOurs ? Optional.empty() : Optional.of(foreignProject()));
        return desk.reply(
                call.get().operation(),
                refusal,
                order -> ListFaults.suit(order, () -> Page.of(request, errors)),
                order -> answer(call.get(), order));
    }
}
