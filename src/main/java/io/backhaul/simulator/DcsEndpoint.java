package io.backhaul.simulator;

import java.util.Optional;
import java.util.regex.Pattern;

/** Huawei's DCS API (contract 1.1, 1.2, 2.1): which operation is meant. */
final class DcsEndpoint extends HuaweiEndpoint {
    /** Not Tencent's v2, which has a file there instead of a project. */
    private static final Pattern MEANT = Pattern.compile("/v2/[^/]+/.*");

    private static final Pattern PATH =
            Pattern.compile("/v2/([^/]+)/instances(?:/([^/]+)/backups(?:/([^/]+)/links)?)?");

    private final DcsLists lists;
    private final DcsLinks links;

    DcsEndpoint(
            CloudSettings settings,
            HuaweiGateway gateway,
            HuaweiErrors errors,
            CallDesk desk,
            DcsLists lists,
            DcsLinks links) {
        super(settings, gateway, errors, desk);
        this.lists = lists;
        this.links = links;
    }

    @Override
    public boolean isMeant(WireRequest request) {
        return MEANT.matcher(request.rawPath()).matches();
    }

    @Override
    Optional<HuaweiCall> call(WireRequest request) {
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
        return Optional.of(new HuaweiCall(operation, path.group(1), instance.orElse(""), backup.orElse(""), request))
                .filter(call -> isRead);
    }

    @Override
    WireAnswer foreignProject() {
        return errors.error(401, "DCS.1004", "The project ID in the URL does not match the credential.");
    }

    @Override
    WireAnswer answer(HuaweiCall call, Optional<FaultOrder> order) {
        return switch (call.operation()) {
            case DCS_INSTANCES -> lists.instances(call, order);
            case DCS_BACKUPS -> lists.backups(call, order);
            case DCS_LINKS -> links.grant(call, order);
            default -> throw new IllegalStateException("no operation of DCS: " + call.operation());
        };
    }
}
