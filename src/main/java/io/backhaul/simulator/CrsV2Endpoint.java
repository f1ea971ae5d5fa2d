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
    private final CrsV2Actions actions;

    CrsV2Endpoint(
            CloudSettings settings, CrsV2Verifier verifier, CrsV2Errors errors, CallDesk desk, CrsV2Actions actions) {
        this.settings = settings;
        this.verifier = verifier;
        this.errors = errors;
        this.desk = desk;
        this.actions = actions;
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
        return desk.reply(
                operation,
                refusal,
                order -> ListFaults.suit(order, () -> actions.page(form)),
                order -> answer(operation, form, order));
    }

    private WireAnswer answer(Operation operation, CallForm form, Optional<FaultOrder> order) {
        return errors.ok(
                switch (operation) {
                    case CRS_INSTANCES -> actions.instances(form, order);
                    case CRS_BACKUPS -> actions.backups(form, order);
                    case CRS_EXPORT -> actions.export(form);
                    default -> actions.link(form, order);
                });
    }

    private Optional<WireAnswer> regionRefusal(CallForm form) {
        return form.text("Region").orElse("").equals(settings.region())
                ? Optional.empty()
                : Optional.of(errors.common(4000, "InvalidParameter", "(4000)no such Region"));
    }
}
