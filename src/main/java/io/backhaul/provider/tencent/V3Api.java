package io.backhaul.provider.tencent;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.InstanceId;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.ApiRequest.Body;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LenientJson;
import io.backhaul.provider.OffsetPages;
import io.backhaul.provider.OffsetPages.Rows;
import io.backhaul.provider.ProviderCalls;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback.Unavailable;
import io.backhaul.provider.SourceLists;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** API 2018-04-12's operations as requests, and their answers as fields (tencent-aliyun.md 1.2, 2.2). */
final class V3Api {
    private static final String VERSION = "2018-04-12";
    private static final String JSON = "application/json; charset=utf-8";
    /** What a page may hold of backups; of instances it might be more. */
    private static final int PAGE = 100;

    private static final ListCall INSTANCES =
            new ListCall("list-instances", "DescribeInstances", "InstanceSet", V3Rows.INSTANCE_ID);
    private static final ListCall BACKUPS =
            new ListCall("list-backups", "DescribeInstanceBackups", "BackupSet", V3Rows.BACKUP_ID);

    /** How one of the lists is asked for and where it stands in its answer. */
    private record ListCall(String operation, String action, String rows, String id) {}

    private final URI endpoint;
    private final String region;
    private final ProviderCalls calls;
    private final Redactor redactor;

    V3Api(URI endpoint, String region, ProviderCalls calls, Redactor redactor) {
        this.endpoint = endpoint;
        this.region = region;
        this.calls = calls;
        this.redactor = redactor;
    }

    Asked<Rows<Fields>> instances() {
        return list(INSTANCES, "", object());
    }

    /**
     * The backups that began in a window. No Status is asked for: which ones the filter takes has changed over the
     * years (1.2), so we filter ourselves.
     *
     * @param begin in the provider's form and zone, as the end
     */
    Asked<Rows<Fields>> backups(InstanceId instance, String begin, String end) {
        var body = object().put("InstanceId", instance.value())
                .put("BeginTime", begin)
                .put("EndTime", end);
        return list(BACKUPS, "instance=" + instance, body);
    }

    Asked<Fields> detail(InstanceId instance, BackupId backup) {
        var request = request("backup-detail", "DescribeBackupDetail", about(instance, backup), ids(instance, backup));
        return calls.call(request).then(answer -> response(request, answer));
    }

    /** Safe to ask for again: each answer has fresh links. */
    Asked<ApiAnswer> links(ApiRequest request) {
        return calls.call(request);
    }

    /** Who may download is left to the account's own restriction. */
    ApiRequest linksRequest(InstanceId instance, BackupId backup) {
        return request("links", "DescribeBackupUrl", about(instance, backup), ids(instance, backup));
    }

    Asked<Fields> response(ApiRequest request, ApiAnswer answer) {
        return LenientJson.read(request, answer, redactor)
                .then(fields -> fields.object("Response")
                        .<Asked<Fields>>map(Got::new)
                        .orElseGet(() -> Asked.failed(
                                new Unavailable(request.asked() + ": the answer has no Response, only " + fields))));
    }

    private Asked<Rows<Fields>> list(ListCall list, String subject, ObjectNode question) {
        return OffsetPages.readAll(PAGE, row -> row.text(list.id()), (offset, limit) -> {
            var body = question.deepCopy().put("Limit", limit).put("Offset", offset);
            var request = request(list.operation(), list.action(), subject, body);
            return calls.call(request)
                    .then(answer -> response(request, answer))
                    .then(fields -> SourceLists.page(fields, list.rows(), "TotalCount", fields, request.asked()));
        });
    }

    private ApiRequest request(String operation, String action, String subject, ObjectNode body) {
        var headers = Map.of("X-TC-Action", action, "X-TC-Version", VERSION, "X-TC-Region", region);
        var json = new Body(JSON, body.toString());
        return new ApiRequest("POST", operation, subject, endpoint, "/", List.of(), headers, json);
    }

    private static ObjectNode ids(InstanceId instance, BackupId backup) {
        return object().put("InstanceId", instance.value()).put("BackupId", backup.value());
    }

    private static String about(InstanceId instance, BackupId backup) {
        return "instance=" + instance + " backup=" + backup;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
