package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Huawei's IAM: tokens for a password, and projects by name (contract 3.1, 3.4); errors in Keystone's envelope (4.1). */
final class IamEndpoint implements Endpoint {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final IamAccount account;
    private final HuaweiGateway gateway;
    private final CallDesk desk;
    private final Supplier<String> requestIds;

    IamEndpoint(IamAccount account, HuaweiGateway gateway, CallDesk desk, Supplier<String> requestIds) {
        this.account = account;
        this.gateway = gateway;
        this.desk = desk;
        this.requestIds = requestIds;
    }

    @Override
    public boolean isMeant(WireRequest request) {
        return request.rawPath().equals("/v3/auth/tokens") || request.rawPath().equals("/v3/projects");
    }

    @Override
    public Reply reply(WireRequest request) {
        var asksForToken = request.rawPath().endsWith("/tokens");
        if (!request.method().equals(asksForToken ? "POST" : "GET")) {
            return Reply.refusing(error(405, "Method Not Allowed", "The method is not allowed."));
        }
        return asksForToken
                ? desk.reply(Operation.IAM_TOKENS, Optional.empty(), order -> true, order -> token(request))
                : desk.reply(
                        Operation.IAM_PROJECTS, gateway.refusal(request), order -> true, order -> projects(request));
    }

    private WireAnswer token(WireRequest request) {
        if (!request.header("Content-Type").orElse("").startsWith("application/json")) {
            throw new Refused(error(400, "Bad Request", "The content type is not application/json."));
        }
        var auth = json(request).path("auth");
        var identity = auth.path("identity");
        var methods = identity.path("methods");
        if (methods.size() != 1 || !text(methods.path(0)).equals("password")) {
            throw new Refused(error(400, "Bad Request", "Invalid method in the request body."));
        }
        checkPassword(identity.path("password").path("user"));
        var project = project(auth.path("scope").path("project"));
        var token = account.issue();
        var body = HuaweiErrors.object();
        var node = body.putObject("token");
        node.put("expires_at", stamp(token.expiresAt())).put("issued_at", stamp(token.issuedAt()));
        node.putArray("methods").add("password");
        node.putArray("catalog");
        node.putObject("project").put("id", project.id()).put("name", project.name());
        return answer(201, body.toString()).with("X-Subject-Token", token.text());
    }

    private void checkPassword(JsonNode given) {
        var user = account.user(text(given.path("domain").path("name")), text(given.path("name")));
        if (user == null) {
            throw new Refused(error(401, "Unauthorized", "The username or password is wrong."));
        }
        if (user.lock().isLocked()) {
            throw new Refused(error(401, "Unauthorized", "The account is locked."));
        }
        if (!MessageDigest.isEqual(
                user.password().getBytes(UTF_8), text(given.path("password")).getBytes(UTF_8))) {
            user.lock().failed();
            throw new Refused(error(401, "Unauthorized", "The username or password is wrong."));
        }
        user.lock().succeeded();
    }

    private IamAccount.Project project(JsonNode scope) {
        var id = text(scope.path("id"));
        var name = text(scope.path("name"));
        return account.projects("").stream()
                .filter(project -> project.id().equals(id) || project.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused(error(400, "Bad Request", "The project is not found.")));
    }

    private WireAnswer projects(WireRequest request) {
        var body = HuaweiErrors.object();
        body.putObject("links").putNull("next").putNull("previous").put("self", "https://iam/v3/projects");
        var list = body.putArray("projects");
        for (var project : account.projects(request.parameter("name").orElse(""))) {
            list.addObject()
                    .put("id", project.id())
                    .put("name", project.name())
                    .put("domain_id", "d78cbac186b744899480f25bd0ade5ac")
                    .put("parent_id", "d78cbac186b744899480f25bd0ade5ac")
                    .put("is_domain", false)
                    .put("enabled", true)
                    .put("description", "");
        }
        return answer(200, body.toString());
    }

    private JsonNode json(WireRequest request) {
        try {
            return JSON.readTree(request.body().copy());
        } catch (JacksonException e) {
            throw new Refused(error(400, "Bad Request", "The request body is invalid."));
        }
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    private static String stamp(Instant instant) {
        return MICROS.format(instant);
    }

    private WireAnswer error(int status, String title, String message) {
        var body = HuaweiErrors.object();
        body.putObject("error").put("code", status).put("message", message).put("title", title);
        return answer(status, body.toString());
    }

    private WireAnswer answer(int status, String json) {
        return WireAnswer.of(status, "application/json", Content.text(json)).with("X-Request-Id", requestIds.get());
    }
}
