package io.backhaul.simulator;

import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers of ApsaraDB for OceanBase (tencent-aliyun.md 4.3): success without a code, refusals with one and an HTTP status
 * to match. The product's own codes are documented nowhere; these follow the manner of Alibaba's common ones.
 */
final class OceanBaseErrors implements Refusals {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String host;
    private final Supplier<String> requestIds;

    /** @param host what the API calls itself in its refusals */
    OceanBaseErrors(String host, Supplier<String> requestIds) {
        this.host = host;
        this.requestIds = requestIds;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    WireAnswer ok(ObjectNode body) {
        return json(200, body.put("RequestId", requestIds.get()));
    }

    WireAnswer error(int status, String code, String message) {
        var id = requestIds.get();
        return json(
                status,
                object().put("RequestId", id)
                        .put("HostId", host)
                        .put("Code", code)
                        .put("Message", message)
                        .put("Recommend", "https://api.aliyun.com/troubleshoot?q=" + code + "&requestId=" + id));
    }

    WireAnswer missing(String name) {
        return error(400, "MissingParameter", name + " is mandatory for this action.");
    }

    WireAnswer invalid(String name) {
        return error(400, "InvalidParameter", "The specified parameter " + name + " is not valid.");
    }

    /** Status 400, as Alibaba's gateways say it. */
    @Override
    public WireAnswer throttled() {
        return error(400, "Throttling.User", "Request was denied due to user flow control.");
    }

    @Override
    public WireAnswer unavailable() {
        return error(503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server.");
    }

    @Override
    public WireAnswer broken() {
        return error(500, "InternalError", "The request processing has failed due to some unknown error.");
    }

    @Override
    public WireAnswer forbidden() {
        return error(403, "Forbidden.RAM", "User not authorized to operate on the specified resource.");
    }

    private static WireAnswer json(int status, ObjectNode body) {
        return WireAnswer.of(status, "application/json;charset=utf-8", Content.text(body.toString()));
    }
}
