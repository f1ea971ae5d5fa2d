package io.backhaul.simulator;

import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON answers of Huawei's APIs and their gateway: a flat code and message (contract 4.1), and an id on every answer. */
final class HuaweiErrors implements Refusals {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Whose words: codes differ by service. */
    enum Service {
        DCS("DCS.4800", "DCS.5000"),
        GES("GES.0001", "GES.7006");

        private final String invalid;
        private final String broken;

        Service(String invalid, String broken) {
            this.invalid = invalid;
            this.broken = broken;
        }
    }

    private final Service service;
    private final Supplier<String> requestIds;

    HuaweiErrors(Service service, Supplier<String> requestIds) {
        this.service = service;
        this.requestIds = requestIds;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    WireAnswer ok(ObjectNode body) {
        return json(200, body);
    }

    WireAnswer json(int status, ObjectNode body) {
        return WireAnswer.of(status, "application/json", Content.text(body.toString()))
                .with("X-Request-Id", requestIds.get());
    }

    WireAnswer noContent() {
        return WireAnswer.empty(204).with("X-Request-Id", requestIds.get());
    }

    WireAnswer error(int status, String code, String message) {
        var id = requestIds.get();
        var body = object().put("error_code", code).put("error_msg", message);
        if (code.startsWith("APIG")) {
            body.put("request_id", id);
        } else if (service == Service.DCS) {
            body.putNull("error_ext_msg");
        }
        return WireAnswer.of(status, "application/json", Content.text(body.toString()))
                .with("X-Request-Id", id);
    }

    @Override
    public WireAnswer throttled() {
        return error(
                429,
                "APIGW.0308",
                "The throttling threshold has been reached: policy user over ratelimit,limit:20,time:1 minute");
    }

    @Override
    public WireAnswer unavailable() {
        return error(503, "APIGW.0613", "Service unavailable, please try again later.");
    }

    @Override
    public WireAnswer forbidden() {
        // GES's stands in a row of its own among answers that are nearly all 400 (contract 4.3).
        return service == Service.GES
                ? error(400, "GES.7041", "The user does not have the permission to perform this operation.")
                : error(403, "DCS.2007", "Policy does not allow this operation to be performed.");
    }

    @Override
    public WireAnswer broken() {
        // GES says 400 to almost everything, and means that one may come again (contract 4.3).
        return error(service == Service.GES ? 400 : 500, service.broken, "Internal service error.");
    }

    WireAnswer invalid(String name) {
        return error(400, service.invalid, "Invalid " + name + " in the request.");
    }
}
