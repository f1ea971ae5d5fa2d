package io.backhaul.provider.tencent;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.InstanceId;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
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

/**
 * v2's operations as requests, and their answers as fields (tencent-aliyun.md 1.1, 2.1). Parameters stand in the query
 * until the request is signed; the signer makes a form of them.
 */
final class V2Api {
    private static final String PATH = "/v2/index.php";
    /** No document says how much a page may hold. */
    private static final int PAGE = 20;

    private final URI endpoint;
    private final String region;
    private final ProviderCalls calls;
    private final Redactor redactor;

    V2Api(URI endpoint, String region, ProviderCalls calls, Redactor redactor) {
        this.endpoint = endpoint;
        this.region = region;
        this.calls = calls;
        this.redactor = redactor;
    }

    Asked<Rows<Fields>> instances() {
        return list(request("list-instances", "DescribeRedis", ""), "redisSet", V2Rows.INSTANCE_ID);
    }

    /** The rows that an instance has in the list of instances: one. */
    Asked<Rows<Fields>> instance(InstanceId instance) {
        var request = request("list-instances", "DescribeRedis", "instance=" + instance);
        return list(request.asking("redisId", instance.value()), "redisSet", V2Rows.INSTANCE_ID);
    }

    /** All that are kept: seven days of them. The offset counts records, whatever the table says (1.1). */
    Asked<Rows<Fields>> backups(InstanceId instance) {
        var request = request("list-backups", "GetRedisBackupList", "instance=" + instance);
        return list(request.asking("redisId", instance.value()), "redisBackupSet", V2Rows.BACKUP_ID);
    }

    ApiRequest linksRequest(InstanceId instance, BackupId backup) {
        return about(instance, backup, "links", "GetBackupDownloadUrl");
    }

    /** Safe to ask for again: each answer has a fresh link. */
    Asked<ApiAnswer> links(ApiRequest request) {
        return calls.call(request);
    }

    /** Lets a cluster's backup be made downloadable; gives the task's id, which may be empty. */
    Asked<String> export(InstanceId instance, BackupId backup) {
        var request = about(instance, backup, "export", "ExportRedisBackup");
        return calls.call(request)
                .then(answer -> LenientJson.read(request, answer, redactor))
                .then(fields -> new Got<>(fields.object("data")
                        .flatMap(data -> data.text("requestId"))
                        .orElse("")));
    }

    /** What an answer says in its data. */
    Asked<Fields> data(ApiRequest request, ApiAnswer answer) {
        return LenientJson.read(request, answer, redactor)
                .then(fields -> fields.object("data")
                        .<Asked<Fields>>map(Got::new)
                        .orElseGet(() -> Asked.failed(
                                new Unavailable(request.asked() + ": the answer has no data, only " + fields))));
    }

    private Asked<Rows<Fields>> list(ApiRequest question, String rows, String id) {
        return OffsetPages.readAll(PAGE, row -> row.text(id), (offset, limit) -> {
            var request = question.asking("offset", String.valueOf(offset)).asking("limit", String.valueOf(limit));
            // The total stands beside the data, not in it.
            return calls.call(request)
                    .then(answer -> LenientJson.read(request, answer, redactor))
                    .then(fields -> SourceLists.page(
                            fields.object("data").orElse(fields), rows, "totalCount", fields, request.asked()));
        });
    }

    private ApiRequest about(InstanceId instance, BackupId backup, String operation, String action) {
        return request(operation, action, "instance=" + instance + " backup=" + backup)
                .asking("redisId", instance.value())
                .asking("backupId", backup.value());
    }

    private ApiRequest request(String operation, String action, String subject) {
        return new ApiRequest("POST", operation, subject, endpoint, PATH, List.of(), Map.of(), null)
                .asking("Action", action)
                .asking("Region", region);
    }
}
