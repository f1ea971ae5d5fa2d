package io.backhaul.simulator;

import tools.jackson.databind.node.ObjectNode;

/** Answers of Tencent's API v2: HTTP 200 whatever they say (tencent-aliyun.md 4.1). */
final class CrsV2Errors implements Refusals {
    WireAnswer ok(ObjectNode body) {
        return WireAnswer.of(200, "application/json; charset=utf-8", Content.text(body.toString()));
    }

    /** The beginning of every success; what is asked for comes after it. */
    static ObjectNode success() {
        return CrsErrors.object().put("code", 0).put("message", "").put("codeDesc", "Success");
    }

    /** A refusal that all products share. */
    WireAnswer common(int code, String name, String message) {
        return ok(CrsErrors.object().put("code", code).put("message", message).put("codeDesc", name));
    }

    /** A refusal of this product, with its number before the text too. */
    WireAnswer product(int code, String name) {
        return common(code, name, "(" + code + ")" + name);
    }

    @Override
    public WireAnswer throttled() {
        return common(4400, "RequestLimitExceeded", "The request exceeds the quota.");
    }

    @Override
    public WireAnswer unavailable() {
        return common(6200, "Maintenance", "The product is under maintenance.");
    }

    @Override
    public WireAnswer forbidden() {
        return common(4103, "Unauthorized", "(4103)no permission to access this resource by CAM");
    }

    @Override
    public WireAnswer broken() {
        return common(6000, "InternalError", "Internal error.");
    }
}
