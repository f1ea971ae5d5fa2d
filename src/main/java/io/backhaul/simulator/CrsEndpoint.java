package io.backhaul.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tencent's Redis API 2018-04-12 (tencent-aliyun.md 1.2, 2.2): POST with JSON or GET with a query, TC3-HMAC-SHA256 only,
 * also through a proxy.
 */
final class CrsEndpoint implements Endpoint {
    private static final Map<String, Operation> ACTIONS = Map.of(
            "DescribeInstances", Operation.CRS_INSTANCES,
            "DescribeInstanceBackups", Operation.CRS_BACKUPS,
            "DescribeBackupDetail", Operation.CRS_DETAIL,
            "DescribeBackupUrl", Operation.CRS_LINKS);

    private final CloudSettings settings;
    private final Tc3Verifier verifier;
    private final CrsErrors errors;
    private final CallDesk desk;
    private final CrsActions here;
    private final CrsActions elsewhere;

    /**
     * @param here for questions about the account's region
     * @param elsewhere for those about any other
     */
    CrsEndpoint(
            CloudSettings settings,
            Tc3Verifier verifier,
            CrsErrors errors,
            CallDesk desk,
            CrsActions here,
            CrsActions elsewhere) {
        this.settings = settings;
        this.verifier = verifier;
        this.errors = errors;
        this.desk = desk;
        this.here = here;
        this.elsewhere = elsewhere;
    }

    @Override
    public boolean isMeant(WireRequest request) {
        return List.of("", "/").contains(request.rawPath())
                && request.header("X-TC-Action").isPresent();
    }

    @Override
    public Reply reply(WireRequest request) {
        var refusal = verifier.refusal(request).or(() -> commonRefusal(request));
        var operation = ACTIONS.get(request.header("X-TC-Action").orElse(""));
        if (operation == null) {
            return Reply.refusing(refusal.orElseGet(() -> errors.error(
                    "InvalidAction", "The request action=" + request.header("X-TC-Action") + " is unknown.")));
        }
        var question = question(request);
        var actions = region(request).equals(settings.region()) ? here : elsewhere;
        return desk.reply(
                operation,
                refusal,
                order -> ListFaults.suit(order, () -> actions.page(question, 1000)),
                order -> errors.ok(answer(actions, operation, question, order)));
    }

    private static ObjectNode answer(
            CrsActions actions, Operation operation, Question question, Optional<FaultOrder> order) {
        return switch (operation) {
            case CRS_INSTANCES -> actions.instances(actions.page(question, 1000), order);
            case CRS_BACKUPS -> actions.backups(question, actions.page(question, 100), order);
            case CRS_DETAIL -> actions.detail(question);
            default -> actions.links(question, order);
        };
    }

    private Optional<WireAnswer> commonRefusal(WireRequest request) {
        if (!request.header("X-TC-Version").orElse("").equals("2018-04-12")) {
            return Optional.of(errors.error("NoSuchVersion", "The API version does not exist."));
        }
        var region = region(request);
        if (region.isEmpty()) {
            return Optional.of(
                    errors.error("MissingParameter", "The request is missing a required parameter `Region`."));
        }
        return region.equals(settings.region()) || CrsRegions.isKnown(region)
                ? Optional.empty()
                : Optional.of(errors.error(
                        "UnsupportedRegion", "API does not support the requested region `" + region + "`."));
    }

    private static String region(WireRequest request) {
        return request.header("X-TC-Region").orElse("");
    }

    private Question question(WireRequest request) {
        if (request.method().equals("GET")) {
            return new QueryQuestion(request);
        }
        try {
            return new JsonQuestion(CrsErrors.read(request.body().copy()));
        } catch (JacksonException e) {
            return new JsonQuestion(CrsErrors.object());
        }
    }

    /** Lists are numbered: {@code Status.0=2}. */
    private record QueryQuestion(WireRequest request) implements Question {
        @Override
        public Optional<String> text(String name) {
            return texts(name).stream().findFirst();
        }

        @Override
        public List<String> texts(String name) {
            return Arrays.stream(request.rawQuery().split("&", -1))
                    .map(pair -> pair.split("=", 2))
                    .filter(pair -> pair.length == 2
                            && pair[0].replaceFirst("\\.\\d+$", "").equals(name))
                    .map(pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private record JsonQuestion(ObjectNode json) implements Question {
        @Override
        public Optional<String> text(String name) {
            return Optional.of(json.path(name)).filter(JsonNode::isValueNode).map(JsonNode::asString);
        }

        @Override
        public List<String> texts(String name) {
            return json.path(name).valueStream().map(JsonNode::asString).toList();
        }
    }
}
