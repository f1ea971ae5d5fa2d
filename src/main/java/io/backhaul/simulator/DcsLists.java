package io.backhaul.simulator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** DCS's two lists (contract 1.1 and 1.2), and the faults that lists have. */
final class DcsLists {
    private static final DateTimeFormatter BOUND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private final DcsAccount account;
    private final HuaweiErrors errors;

    DcsLists(DcsAccount account, HuaweiErrors errors) {
        this.account = account;
        this.errors = errors;
    }

    WireAnswer instances(HuaweiCall call, Optional<FaultOrder> order) {
        var request = call.request();
        var listed = ListFaults.listing(
                Page.of(request, errors), order, () -> matching(request), i -> account.removeInstance(i.id()), errors);
        var body = HuaweiErrors.object().put("instance_num", listed.total());
        var items = body.putArray("instances");
        listed.items().forEach(instance -> items.add(DcsJson.instance(instance)));
        return errors.ok(body);
    }

    WireAnswer backups(HuaweiCall call, Optional<FaultOrder> order) {
        var id = call.instanceId();
        if (!account.hasInstance(id)) {
            throw new Refused(errors.error(404, "DCS.3022", "This DCS instance does not exist."));
        }
        var span = Span.of(call.request(), errors);
        var page = Page.of(call.request(), errors);
        var listed = ListFaults.listing(page, order, () -> backupsIn(span, id), b -> account.remove(b.id()), errors);
        if (listed.total() == 0) {
            return errors.noContent();
        }
        ObjectNode body = HuaweiErrors.object().put("total_num", listed.total());
        var items = body.putArray("backup_record_response");
        listed.items().forEach(backup -> items.add(DcsJson.backup(id, backup)));
        return errors.ok(body);
    }

    private List<DcsInstance> matching(WireRequest request) {
        var id = request.parameter("instance_id");
        var name = request.parameter("name");
        var exact = request.parameter("name_equal").orElse("").equals("true");
        var status = request.parameter("status");
        return account.instances().stream()
                .filter(i -> id.map(i.id()::equals).orElse(true))
                .filter(i -> status.map(i.status()::equals).orElse(true))
                .filter(i -> name.map(n -> exact ? i.name().equals(n) : i.name().contains(n))
                        .orElse(true))
                .toList();
    }

    private List<DcsBackup> backupsIn(Span span, String instanceId) {
        return account.backups(instanceId).stream()
                .filter(backup -> span.holds(backup.createdAt()))
                .toList();
    }

    /** The times asked about, in UTC, both of them included. */
    private record Span(Instant begin, Instant end) {
        static Span of(WireRequest request, HuaweiErrors errors) {
            var span = new Span(
                    bound(request, "begin_time", Instant.MIN, errors), bound(request, "end_time", Instant.MAX, errors));
            if (span.end.isBefore(span.begin)) {
                throw new Refused(errors.error(400, "DCS.4025", "The end time is earlier than the start time."));
            }
            return span;
        }

        boolean holds(Instant instant) {
            return !instant.isBefore(begin) && !instant.isAfter(end);
        }

        private static Instant bound(WireRequest request, String name, Instant ifMissing, HuaweiErrors errors) {
            var text = request.parameter(name);
            try {
                return text.map(t -> LocalDateTime.parse(t, BOUND).toInstant(ZoneOffset.UTC))
                        .orElse(ifMissing);
            } catch (DateTimeException e) {
                throw new Refused(errors.invalid(name));
            }
        }
    }
}
