package io.backhaul.simulator;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** DCS's link operation (contract 2.1), and the faults that grants have. */
final class DcsLinks {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LEAST_SECONDS = 300;
    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_LINKS = 64;

    private final CloudSettings settings;
    private final DcsAccount account;
    private final LinkIssuer issuer;
    private final HuaweiErrors errors;

    DcsLinks(CloudSettings settings, DcsAccount account, LinkIssuer issuer, HuaweiErrors errors) {
        this.settings = settings;
        this.account = account;
        this.issuer = issuer;
        this.errors = errors;
    }

    WireAnswer grant(HuaweiCall call, Optional<FaultOrder> order) {
        if (!account.hasInstance(call.instanceId())) {
            throw new Refused(errors.error(404, "DCS.3022", "This DCS instance does not exist."));
        }
        var life = settings.linkLife().apply(asked(call.request().body().copy()));
        var isLost = GrantFaults.strikes(Fault.BACKUP_LOST, order);
        if (isLost && account.backup(call.instanceId(), call.backupId()).isPresent()) {
            account.remove(call.backupId());
        }
        var held = account.backup(call.instanceId(), call.backupId()).orElseThrow(() -> new Refused(gone()));
        switch (held.facts().status()) {
            case "succeed" -> {}
            case "waiting", "backuping" ->
                throw new Refused(errors.error(400, "DCS.4096", "The instance is being backed up."));
            default -> throw new Refused(gone());
        }
        return errors.ok(body(held, life, order));
    }

    private ObjectNode body(DcsAccount.Held held, Duration life, Optional<FaultOrder> order) {
        var body = HuaweiErrors.object().put("file_path", held.prefix()).put("bucket_name", account.bucket());
        var array = body.putArray("links");
        var first = held.objects().getFirst();
        for (var object :
                held.objects().subList(0, Math.min(MOST_LINKS, held.objects().size()))) {
            array.addObject()
                    .put("file_name", GrantFaults.shownName(object, first, order))
                    .put("link", issuer.issue(object, life, order));
        }
        return body;
    }

    private Duration asked(byte[] body) {
        try {
            var expiration = JSON.readTree(body).path("expiration");
            if (expiration.isInt() && expiration.intValue() >= LEAST_SECONDS && expiration.intValue() <= MOST_SECONDS) {
                return Duration.ofSeconds(expiration.intValue());
            }
        } catch (JacksonException e) {
            throw new Refused(errors.error(400, "DCS.4005", "The request body is not in JSON format."));
        }
        throw new Refused(errors.invalid("expiration"));
    }

    private WireAnswer gone() {
        return switch (settings.goneAnswer()) {
            case DCS_4031 -> errors.error(400, "DCS.4031", "Invalid backup record.");
            case DCS_5078 -> errors.error(500, "DCS.5078", "Query backup record failed.");
        };
    }
}
