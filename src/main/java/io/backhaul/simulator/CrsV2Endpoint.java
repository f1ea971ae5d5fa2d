package io.backhaul.simulator;

import java.util.Map;
import java.util.Optional;

/** Tencent's API v2 of Redis (tencent-aliyun.md 1.1, 2.1): GET, or POST of a form or of the Java client's multipart. */
final class CrsV2Endpoint implements Endpoint {
    private static final Map<String, Operation> ACTIONS = Map.of(
            "DescribeRedis", Operation.CRS_INSTANCES,
            "GetRedisBackupList", Operation.CRS_BACKUPS,
            "ExportRedisBackup", Operation.CRS_EXPORT,
            "GetBackupDownloadUrl", Operation.CRS_LINKS);

    private final CloudSettings settings;
    private final CrsV2Verifier verifier;
    private final CrsV2Errors errors;
    private final CallDesk desk;
    private final CrsV2Actions here;
    private final CrsV2Actions elsewhere;

    /**
     * @param here for questions about the account's region
     * @param elsewhere for those about any other
     */
    CrsV2Endpoint(
            CloudSettings settings,
            CrsV2Verifier verifier,
            CrsV2Errors errors,
            CallDesk desk,
            CrsV2Actions here,
            CrsV2Actions elsewhere) {
        this.settings = settings;
        this.verifier = verifier;
        this.errors = errors;
        this.desk = desk;
        this.here = here;
        this.elsewhere = elsewhere;
    }

    @Override
    public boolean isMeant(WireRequest request) {
        return request.rawPath().equals("/v2/index.php");
    }

    @Override
    public Reply reply(WireRequest request) {
        var form = CallForm.of(request);
        var refusal = verifier.refusal(request, form).or(() -> regionRefusal(form));
        var operation = ACTIONS.get(form.text("Action").orElse(""));
        if (operation == null) {
            return Reply.refusing(
                    refusal.orElseGet(() -> errors.common(6100, "Unsupported", "(6100)no such interface here")));
        }
        var actions = region(form).equals(settings.region()) ? here : elsewhere;
        return desk.reply(
                operation,
                refusal,
                order -> ListFaults.suit(order, () -> actions.page(form)),
                order -> answer(actions, operation, form, order));
    }

    private WireAnswer answer(CrsV2Actions actions, Operation operation, CallForm form, Optional<FaultOrder> order) {
        return errors.ok(
                switch (operation) {
                    case CRS_INSTANCES -> actions.instances(form, order);
                    case CRS_BACKUPS -> actions.backups(form, order);
                    case CRS_EXPORT -> actions.export(form);
                    default -> actions.link(form, order);
                });
    }

    private Optional<WireAnswer> regionRefusal(CallForm form) {
        var region = region(form);
        return region.equals(settings.region()) || CrsRegions.isKnownToV2(region)
                ? Optional.empty()
                : Optional.of(errors.common(4000, "InvalidParameter", "(4000)no such Region"));
    }

    private static String region(CallForm form) {
        return form.text("Region").orElse("");
    }
}
