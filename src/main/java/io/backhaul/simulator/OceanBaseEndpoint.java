package io.backhaul.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * ApsaraDB for OceanBase, version 2019-09-01 (tencent-aliyun.md 1.3, 2.3): POST of a form, or GET with a query where that
 * is allowed; signed either way, also through a proxy.
 */
final class OceanBaseEndpoint implements Endpoint {
    private static final Map<String, Operation> ACTIONS = Map.of(
            "DescribeInstances", Operation.OCEANBASE_INSTANCES,
            "DescribeDataBackupSet", Operation.OCEANBASE_BACKUPS,
            "CreateBackupSetDownloadLink", Operation.OCEANBASE_TASK,
            "DescribeBackupSetDownloadLink", Operation.OCEANBASE_LINKS);
    private static final Set<Operation> POST_ONLY = Set.of(Operation.OCEANBASE_TASK, Operation.OCEANBASE_LINKS);
    /** A host that says which region is meant: a proxy's client asks for it. */
    private static final Pattern REGIONAL_HOST =
            Pattern.compile("oceanbasepro(?:-vpc)?\\.([a-z0-9-]+)\\.aliyuncs\\.com(?::\\d+)?");

    private final CloudSettings settings;
    private final AcsVerifier verifier;
    private final OceanBaseErrors errors;
    private final CallDesk desk;
    private final OceanBaseActions actions;

    OceanBaseEndpoint(
            CloudSettings settings,
            AcsVerifier verifier,
            OceanBaseErrors errors,
            CallDesk desk,
            OceanBaseActions actions) {
        this.settings = settings;
        this.verifier = verifier;
        this.errors = errors;
        this.desk = desk;
        this.actions = actions;
    }

    /** What is called; headers say it where the signature is in one, and parameters otherwise. */
    private record Call(String action, String version, String method, CallForm form) {
        static Call of(WireRequest request) {
            var form = CallForm.of(request);
            return new Call(said(request, form, "Action"), said(request, form, "Version"), request.method(), form);
        }

        private static String said(WireRequest request, CallForm form, String name) {
            return request.header("x-acs-" + name).or(() -> form.text(name)).orElse("");
        }
    }

    @Override
    public boolean isMeant(WireRequest request) {
        return List.of("", "/").contains(request.rawPath())
                && (request.header("x-acs-action").isPresent()
                        || CallForm.of(request).text("SignatureNonce").isPresent());
    }

    @Override
    public Reply reply(WireRequest request) {
        var call = Call.of(request);
        var refusal = verifier.refusal(request, call.form).or(() -> commonRefusal(request, call));
        var operation = ACTIONS.get(call.action);
        if (operation == null) {
            return Reply.refusing(refusal.orElseThrow());
        }
        return desk.reply(
                operation,
                refusal,
                order -> suits(order, call.form),
                order -> errors.ok(answer(operation, call.form, order)));
    }

    /** Faults of pages and of links wait for an answer that has them. */
    private boolean suits(FaultOrder order, Question question) {
        return switch (order.fault()) {
            case LINKS_OPAQUE -> actions.hasLinks(question);
            case FILE_NAME_HOSTILE, FILE_NAMES_REPEATED -> actions.hasLinks(question) && actions.hasFileNames();
            default -> ListFaults.suit(order, () -> actions.page(question));
        };
    }

    private ObjectNode answer(Operation operation, Question question, Optional<FaultOrder> order) {
        return switch (operation) {
            case OCEANBASE_INSTANCES -> actions.instances(question, order);
            case OCEANBASE_BACKUPS -> actions.backups(question, order);
            case OCEANBASE_TASK -> actions.prepare(question);
            default -> actions.links(question, order);
        };
    }

    private Optional<WireAnswer> commonRefusal(WireRequest request, Call call) {
        if (!call.version.equals("2019-09-01")) {
            return Optional.of(errors.error(400, "InvalidVersion", "Specified parameter Version is not valid."));
        }
        var operation = ACTIONS.get(call.action);
        if (operation == null) {
            return Optional.of(errors.error(
                    404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method."));
        }
        var methods = POST_ONLY.contains(operation) ? List.of("POST") : List.of("GET", "POST");
        if (!methods.contains(call.method)) {
            return Optional.of(errors.error(
                    405, "UnsupportedHTTPMethod", "This http method is not supported by the specified action."));
        }
        return region(request, call)
                        .filter(region -> !region.equals(settings.region()))
                        .isPresent()
                ? Optional.of(errors.error(404, "InvalidRegionId.NotFound", "Specified RegionId does not exist."))
                : Optional.empty();
    }

    /** Empty when nothing says which region is meant. */
    private static Optional<String> region(WireRequest request, Call call) {
        var host = REGIONAL_HOST.matcher(request.header("Host").orElse(""));
        return call.form.text("RegionId").or(() -> host.matches() ? Optional.of(host.group(1)) : Optional.empty());
    }
}
