import com.huaweicloud.sdk.core.auth.AKSKSigner;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.http.HttpConfig;
import com.huaweicloud.sdk.core.http.HttpMethod;
import com.huaweicloud.sdk.core.http.HttpRequest;
import com.huaweicloud.sdk.core.region.Region;
import com.huaweicloud.sdk.dcs.v2.DcsClient;
import com.huaweicloud.sdk.dcs.v2.model.DownloadBackupFilesReq;
import com.huaweicloud.sdk.dcs.v2.model.ListBackupFileLinksRequest;
import com.huaweicloud.sdk.dcs.v2.model.ListBackupRecordsRequest;
import com.huaweicloud.sdk.dcs.v2.model.ListInstancesRequest;
import com.huaweicloud.sdk.ges.v2.GesClient;
import com.huaweicloud.sdk.ges.v2.model.ListBackups2Request;
import com.huaweicloud.sdk.ges.v2.model.ListGraphBackups2Request;
import com.huaweicloud.sdk.ges.v2.model.ListGraphs2Request;
import com.huaweicloud.sdk.ges.v2.model.ShowBackupDownloadLinkRequest;
import io.backhaul.judge.HuaweiJudge;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Executors;
import okhttp3.Dispatcher;

/** huaweicloud-sdk-dcs and -ges as they come: no retries, their own signer, their own strict JSON. */
public final class HuaweiSdk implements HuaweiJudge {
    @Override
    public List<String> redisInstances(URI endpoint, Keys keys, int offset, int limit) {
        var request = new ListInstancesRequest().withOffset(offset).withLimit(limit);
        var answer = dcs(endpoint, keys).listInstances(request);
        return answer.getInstances().stream().map(row -> row.getInstanceId()).toList();
    }

    @Override
    public List<String> redisBackups(URI endpoint, Keys keys, String instance) {
        var answer = dcs(endpoint, keys).listBackupRecords(new ListBackupRecordsRequest().withInstanceId(instance));
        return answer.getBackupRecordResponse().stream()
                .map(row -> row.getBackupId() + " " + row.getStatus() + " " + row.getSize())
                .toList();
    }

    @Override
    public List<String> redisLinks(URI endpoint, Keys keys, String instance, String backup, int seconds) {
        var request = new ListBackupFileLinksRequest()
                .withInstanceId(instance)
                .withBackupId(backup)
                .withBody(new DownloadBackupFilesReq().withExpiration(seconds));
        var answer = dcs(endpoint, keys).listBackupFileLinks(request);
        return answer.getLinks().stream().map(row -> row.getLink()).toList();
    }

    @Override
    public List<String> graphs(URI endpoint, Keys keys, int offset, int limit) {
        var answer = ges(endpoint, keys).listGraphs2(new ListGraphs2Request().withOffset(offset).withLimit(limit));
        return answer.getGraphs().stream()
                .map(row -> row.getId() + " " + row.getStatus())
                .toList();
    }

    @Override
    public List<String> graphBackups(URI endpoint, Keys keys, String graph) {
        var answer = ges(endpoint, keys).listGraphBackups2(new ListGraphBackups2Request().withGraphId(graph));
        return answer.getBackupList().stream()
                .map(row -> row.getId() + " " + row.getStatus() + " " + row.getSize() + " " + row.getStartTimestamp()
                        + " " + row.getStartTime())
                .toList();
    }

    @Override
    public List<String> allGraphBackups(URI endpoint, Keys keys) {
        var answer = ges(endpoint, keys).listBackups2(new ListBackups2Request());
        return answer.getBackupList().stream().map(row -> row.getId()).toList();
    }

    @Override
    public List<String> graphLinks(URI endpoint, Keys keys, String graph, String backup) {
        var request = new ShowBackupDownloadLinkRequest().withGraphId(graph).withBackupId(backup);
        var answer = ges(endpoint, keys).showBackupDownloadLink(request);
        return answer.getFiles().stream()
                .map(row -> row.getName() + " " + row.getSize() + " " + row.getLinkExpiredTime() + " "
                        + row.getDownloadLink())
                .toList();
    }

    @Override
    public String authorization(Keys keys, Unsigned unsigned) {
        var query = new LinkedHashMap<String, List<String>>();
        unsigned.query().forEach(pair -> query.computeIfAbsent(pair.getKey(), name -> new ArrayList<>())
                .add(pair.getValue()));
        var request = HttpRequest.newBuilder()
                .withMethod(HttpMethod.valueOf(unsigned.method()))
                .withEndpoint(unsigned.endpoint().toString())
                .withPath(unsigned.path())
                .withContentType("application/json");
        query.forEach(request::addQueryParam);
        unsigned.headers().forEach(request::addHeader);
        if (!unsigned.body().isEmpty()) {
            request.withBodyAsString(unsigned.body());
        }
        var credential = credentials(unsigned.endpoint(), keys);
        return AKSKSigner.getInstance().sign(request.build(), credential).get("Authorization");
    }

    private static DcsClient dcs(URI endpoint, Keys keys) {
        var client = DcsClient.newBuilder().withCredential(credentials(endpoint, keys)).withHttpConfig(http());
        return keys.projectId().isEmpty()
                ? client.withRegion(new Region(keys.region(), endpoint.toString())).build()
                : client.withEndpoint(endpoint.toString()).build();
    }

    private static GesClient ges(URI endpoint, Keys keys) {
        var client = GesClient.newBuilder().withCredential(credentials(endpoint, keys)).withHttpConfig(http());
        return keys.projectId().isEmpty()
                ? client.withRegion(new Region(keys.region(), endpoint.toString())).build()
                : client.withEndpoint(endpoint.toString()).build();
    }

    private static BasicCredentials credentials(URI endpoint, Keys keys) {
        var credential = new BasicCredentials().withAk(keys.accessKey()).withSk(keys.secretKey());
        if (!keys.securityToken().isEmpty()) {
            credential.withSecurityToken(keys.securityToken());
        }
        return keys.projectId().isEmpty()
                ? credential.withIamEndpoint(endpoint.toString())
                : credential.withProjectId(keys.projectId());
    }

    /** Without threads of its own that would outlive the tests. */
    private static HttpConfig http() {
        var daemons = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "huawei-sdk");
            thread.setDaemon(true);
            return thread;
        });
        return HttpConfig.getDefaultHttpConfig().withDispatcher(new Dispatcher(daemons));
    }
}
