package io.backhaul.provider.huawei;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.InstanceId;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LenientJson;
import io.backhaul.provider.OffsetPages;
import io.backhaul.provider.OffsetPages.Page;
import io.backhaul.provider.OffsetPages.Rows;
import io.backhaul.provider.PercentEncoding;
import io.backhaul.provider.ProviderCalls;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback.Unavailable;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** DCS's three operations as requests, and their answers as fields (huawei.md 1.1, 1.2, 2.1). */
final class DcsApi {
    private static final int NO_CONTENT = 204;

    private static final ListCall INSTANCES =
            new ListCall("list-instances", "instances", "instance_num", DcsRows.INSTANCE_ID, 1000);
    private static final ListCall BACKUPS =
            new ListCall("list-backups", "backup_record_response", "total_num", DcsRows.BACKUP_ID, 100);

    /** How one of the lists is asked for and where things stand in its answer. */
    private record ListCall(String operation, String rows, String total, String id, int limit) {}

    private final URI endpoint;
    private final String projectId;
    private final ProviderCalls calls;
    private final Redactor redactor;

    DcsApi(URI endpoint, String projectId, ProviderCalls calls, Redactor redactor) {
        this.endpoint = endpoint;
        this.projectId = projectId;
        this.calls = calls;
        this.redactor = redactor;
    }

    Asked<Rows<Fields>> instances() {
        return list(INSTANCES, "", project() + "/instances");
    }

    Asked<Rows<Fields>> backups(InstanceId instance) {
        return list(BACKUPS, "instance=" + instance, of(instance) + "/backups");
    }

    /** Safe to ask for again, although a POST: each answer has fresh links. */
    Asked<ApiAnswer> links(ApiRequest request) {
        return calls.call(request);
    }

    ApiRequest linksRequest(InstanceId instance, BackupId backup, Duration validity) {
        var about = "instance=" + instance + " backup=" + backup;
        var path = of(instance) + "/backups/" + PercentEncoding.encode(backup.value()) + "/links";
        // Mandatory, although one document leaves it out.
        return ApiRequest.post("links", about, endpoint, path, "{\"expiration\":" + validity.toSeconds() + "}");
    }

    Asked<Fields> fields(ApiRequest request, ApiAnswer answer) {
        return LenientJson.read(request, answer, redactor);
    }

    private Asked<Rows<Fields>> list(ListCall list, String subject, String path) {
        var request = ApiRequest.get(list.operation(), subject, endpoint, path);
        return OffsetPages.readAll(
                list.limit(), row -> row.text(list.id()), (offset, limit) -> page(list, request, offset, limit));
    }

    private Asked<Page<Fields>> page(ListCall list, ApiRequest plain, int offset, int limit) {
        var request = plain.asking("offset", String.valueOf(offset)).asking("limit", String.valueOf(limit));
        return calls.call(request)
                .then(answer -> answer.status() == NO_CONTENT
                        ? new Got<>(new Page<Fields>(List.of(), Page.UNTOLD))
                        : fields(request, answer).then(fields -> rows(list, request, fields)));
    }

    /** An answer without its list is no empty list, unless it says so: an absence must not be made of an odd answer. */
    private static Asked<Page<Fields>> rows(ListCall list, ApiRequest request, Fields fields) {
        var rows = fields.list(list.rows());
        var total = fields.number(list.total());
        if (rows.isEmpty() && total.orElse(Page.UNTOLD) != 0) {
            var why = new Unavailable(request.asked() + ": the answer has no " + list.rows() + ", only " + fields);
            return new Failed<>(why, null);
        }
        return new Got<>(Page.of(rows.orElse(List.of()), total));
    }

    private String project() {
        return "/v2/" + projectId;
    }

    private String of(InstanceId instance) {
        return project() + "/instances/" + PercentEncoding.encode(instance.value());
    }
}
