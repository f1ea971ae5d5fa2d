package io.backhaul.simulator;

import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers of API 2018-04-12: one envelope, and HTTP 200 whatever is in it (tencent-aliyun.md 4.2). */
final class CrsErrors implements Refusals {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Supplier<String> requestIds;

    CrsErrors(Supplier<String> requestIds) {
        this.requestIds = requestIds;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ObjectNode read(byte[] json) {
        return JSON.readTree(json) instanceof ObjectNode object ? object : object();
    }

    WireAnswer ok(ObjectNode response) {
        var envelope = object();
        envelope.set("Response", response.put("RequestId", requestIds.get()));
        return WireAnswer.of(200, "application/json", Content.text(envelope.toString()));
    }

    WireAnswer error(String code, String message) {
        var response = object();
        response.putObject("Error").put("Code", code).put("Message", message);
        return ok(response);
    }

    @Override
    public WireAnswer throttled() {
        return error("RequestLimitExceeded", "Your current request times equals to `20` in a second.");
    }

    @Override
    public WireAnswer unavailable() {
        return error("ServiceUnavailable", "The service is unavailable for now.");
    }

    @Override
    public WireAnswer forbidden() {
        return error("UnauthorizedOperation.NoCAMAuthed", "No CAM permission for this operation.");
    }

    @Override
    public WireAnswer broken() {
        return error("InternalError.DbOperationFailed", "Database operation failed.");
    }
}
