package io.backhaul.provider.aliyun;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.InstanceId;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.ApiRequest.Body;
import io.backhaul.provider.ApiRequest.Parameter;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LenientJson;
import io.backhaul.provider.OffsetPages;
import io.backhaul.provider.OffsetPages.Page;
import io.backhaul.provider.OffsetPages.Rows;
import io.backhaul.provider.ProviderCalls;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback.Unavailable;
import io.backhaul.provider.SourceLists;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The product's operations as requests, and their answers as fields (tencent-aliyun.md 1.3, 2.3). All parameters go in a
 * form.
 */
final class OceanBaseApi {
    private static final String VERSION = "2019-09-01";
    private static final String TOTAL = "TotalCount";
    /** What a page may hold. */
    private static final int PAGE = 100;

    private static final ListCall INSTANCES =
            new ListCall("list-instances", "DescribeInstances", "Instances", OceanBaseRows.INSTANCE_ID);
    private static final ListCall BACKUPS =
            new ListCall("list-backups", "DescribeDataBackupSet", "Data", OceanBaseRows.SET_ID);

    /** How one of the lists is asked for and where it stands in its answer. */
    private record ListCall(String operation, String action, String rows, String id) {}

    private final URI endpoint;
    private final AliyunSigner signer;
    private final ProviderCalls calls;
    private final Redactor redactor;

    OceanBaseApi(URI endpoint, AliyunSigner signer, ProviderCalls calls, Redactor redactor) {
        this.endpoint = endpoint;
        this.signer = signer;
        this.calls = calls;
        this.redactor = redactor;
    }

    Asked<Rows<Fields>> instances() {
        return list(INSTANCES, "", List.of());
    }

    /** All that there are; a word for the status would be asked for in one of two cases, so we choose ourselves. */
    Asked<Rows<Fields>> backups(InstanceId instance) {
        return list(BACKUPS, "instance=" + instance, List.of(new Parameter("InstanceId", instance.value())));
    }

    /** Lets a set be made downloadable; gives the task's id, empty when neither form of the answer has one. */
    Asked<String> createTask(InstanceId instance, BackupId backup) {
        var request = request(
                "create-link",
                "CreateBackupSetDownloadLink",
                "instance=" + instance + " backup=" + backup,
                List.of(new Parameter("InstanceId", instance.value()), new Parameter("BackupSetId", backup.value())));
        return calls.call(request)
                .then(answer -> LenientJson.read(request, answer, redactor))
                .then(fields -> new Got<>(fields.object("Data")
                        .flatMap(OceanBaseApi::taskIn)
                        .or(() -> taskIn(fields))
                        .orElse("")));
    }

    /** A task's id where there is one: some services write -1 for none. */
    static Optional<String> taskIn(Fields fields) {
        return fields.text("DownloadTaskId").filter(id -> !id.equals("-1") && !id.equals("0"));
    }

    ApiRequest taskRequest(InstanceId instance, BackupId backup, String task) {
        return request(
                "links",
                "DescribeBackupSetDownloadLink",
                "instance=" + instance + " backup=" + backup + " task=" + shown(task),
                List.of(new Parameter("InstanceId", instance.value()), new Parameter("DownloadTaskId", task)));
    }

    /** What has become of a task. */
    Asked<ApiAnswer> task(ApiRequest request) {
        return calls.call(request);
    }

    /** What an answer says in its data. */
    Asked<Fields> data(ApiRequest request, ApiAnswer answer) {
        return LenientJson.read(request, answer, redactor)
                .then(fields -> fields.object("Data")
                        .<Asked<Fields>>map(Got::new)
                        .orElseGet(() -> Asked.failed(
                                new Unavailable(request.asked() + ": the answer has no Data, only " + fields))));
    }

    /** When an answer was made, in the provider's time. */
    Instant issuedAt(ApiAnswer answer) {
        return calls.issuedAt(answer);
    }

    /** A text of the provider's, fit to be shown. */
    String shown(String text) {
        return redactor.excerpt(text);
    }

    private Asked<Rows<Fields>> list(ListCall list, String subject, List<Parameter> question) {
        return OffsetPages.readAll(PAGE, row -> row.text(list.id()), new NumberedPages((number, size) -> {
            var form = new ArrayList<>(question);
            form.add(new Parameter("PageNumber", String.valueOf(number)));
            form.add(new Parameter("PageSize", String.valueOf(size)));
            var request = request(list.operation(), list.action(), subject, form);
            return calls.call(request)
                    .then(answer -> LenientJson.read(request, answer, redactor))
                    .then(fields -> page(list, fields, number, request.asked()));
        }));
    }

    /** A page behind the last one need not have a list. */
    private static Asked<Page<Fields>> page(ListCall list, Fields answer, int number, String asked) {
        var total = answer.number(TOTAL);
        var isBeyond = total.isPresent() && total.getAsLong() <= (number - 1L) * PAGE;
        return isBeyond && answer.list(list.rows()).isEmpty()
                ? new Got<>(Page.of(List.of(), total))
                : SourceLists.page(answer, list.rows(), TOTAL, answer, asked);
    }

    private ApiRequest request(String operation, String action, String subject, List<Parameter> form) {
        var request = new ApiRequest("POST", operation, subject, endpoint, "/", List.of(), Map.of(), Body.form(form));
        return signer.calling(request, action, VERSION);
    }
}
