package io.backhaul.simulator;

import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON answers of Huawei's APIs and their gateway: a flat code and message (contract 4.1), and an id on every answer. */
final class HuaweiErrors implements Refusals {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Supplier<String> requestIds;

    HuaweiErrors(Supplier<String> requestIds) {
        this.requestIds = requestIds;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    WireAnswer ok(ObjectNode body) {
        return WireAnswer.of(200, "application/json", Content.text(body.toString()))
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
        } else {
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
    public WireAnswer broken() {
        return error(500, "DCS.5000", "Internal service error.");
    }
}
