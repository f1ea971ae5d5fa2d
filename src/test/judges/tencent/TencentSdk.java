import com.qcloud.Common.Request;
import com.qcloud.Common.Sign;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.ClientConfig;
import com.qcloud.cos.auth.BasicCOSCredentials;
import com.qcloud.cos.auth.BasicSessionCredentials;
import com.qcloud.cos.http.HttpMethodName;
import com.qcloud.cos.region.Region;
import com.tencentcloudapi.common.AbstractClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.redis.v20180412.RedisClient;
import com.tencentcloudapi.redis.v20180412.models.DescribeBackupUrlRequest;
import com.tencentcloudapi.redis.v20180412.models.DescribeInstanceBackupsRequest;
import com.tencentcloudapi.redis.v20180412.models.DescribeInstancesRequest;
import io.backhaul.judge.TencentJudge;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the vendor's clients: tencentcloud-sdk-java, qcloud-java-sdk, cos_api. */
public final class TencentSdk implements TencentJudge {
    @Override
    public List<String> instances(URI simulator, Way way, String method, Keys keys, long offset, long limit) {
        var request = new DescribeInstancesRequest();
        request.setOffset(offset);
        request.setLimit(limit);
        try {
            var answer = client(simulator, way, method, keys).DescribeInstances(request);
            return Arrays.stream(answer.getInstanceSet())
                    .map(i -> i.getInstanceId() + " " + i.getStatus() + " " + i.getRedisShardNum())
                    .toList();
        } catch (TencentCloudSDKException e) {
            throw new IllegalStateException(e.toString(), e);
        }
    }

    @Override
    public List<String> backups(
            URI simulator, Way way, String method, Keys keys, String instance, String begin, String end) {
        var request = new DescribeInstanceBackupsRequest();
        request.setInstanceId(instance);
        request.setBeginTime(begin);
        request.setEndTime(end);
        request.setLimit(100L);
        request.setOffset(0L);
        request.setStatus(new Long[] {2L, 4L});
        try {
            var answer = client(simulator, way, method, keys).DescribeInstanceBackups(request);
            return Arrays.stream(answer.getBackupSet())
                    .map(b -> b.getBackupId() + " " + b.getStatus() + " " + b.getBackupSize())
                    .toList();
        } catch (TencentCloudSDKException e) {
            throw new IllegalStateException(e.toString(), e);
        }
    }

    @Override
    public List<String> links(URI simulator, Way way, String method, Keys keys, String instance, String backup) {
        var request = new DescribeBackupUrlRequest();
        request.setInstanceId(instance);
        request.setBackupId(backup);
        try {
            var answer = client(simulator, way, method, keys).DescribeBackupUrl(request);
            return Arrays.stream(answer.getBackupInfos())
                    .map(i -> i.getFileName() + " " + i.getFileSize() + " " + i.getDownloadUrl() + " "
                            + i.getInnerDownloadUrl())
                    .toList();
        } catch (TencentCloudSDKException e) {
            throw new IllegalStateException(e.toString(), e);
        }
    }

    @Override
    public String authorization(Keys keys, String host, String contentType, String body, long timestamp) {
        try {
            var http = new HttpProfile();
            http.setEndpoint(host);
            var client = new RedisClient(credential(keys), keys.region(), new ClientProfile("TC3-HMAC-SHA256", http));
            var headers = new HashMap<String, String>();
            headers.put("Content-Type", contentType);
            headers.put("Host", host);
            headers.put("X-TC-Timestamp", Long.toString(timestamp));
            var method = AbstractClient.class.getDeclaredMethod("getAuthorization", HashMap.class, byte[].class);
            method.setAccessible(true);
            return (String) method.invoke(client, headers, body.getBytes(StandardCharsets.UTF_8));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vendor's signer has changed", e);
        }
    }

    @Override
    public String callV2(URI simulator, String method, String algorithm, Keys keys, Map<String, String> parameters) {
        var all = new TreeMap<String, Object>(parameters);
        all.put("SecretId", keys.secretId());
        all.put("Region", keys.region());
        all.put("RequestClient", "SDK_JAVA_2.0.7");
        if (!algorithm.equals("HmacSHA1")) {
            all.put("SignatureMethod", algorithm);
        }
        if (!keys.token().isEmpty()) {
            all.put("Token", keys.token());
        }
        all.put("Signature", signed(method, simulator.getAuthority(), "/v2/index.php", algorithm, keys.secretKey(), all));
        return Request.sendRequest(simulator + "/v2/index.php", all, method, null);
    }

    @Override
    public String signatureV2(
            String method, String host, String path, String algorithm, String secretKey, Map<String, String> parameters) {
        return signed(method, host, path, algorithm, secretKey, new TreeMap<>(parameters));
    }

    @Override
    public String cosLink(Keys keys, String bucket, String key, Instant expires) {
        var credential = keys.token().isEmpty()
                ? new BasicCOSCredentials(keys.secretId(), keys.secretKey())
                : new BasicSessionCredentials(keys.secretId(), keys.secretKey(), keys.token());
        var client = new COSClient(credential, new ClientConfig(new Region(keys.region())));
        try {
            return client.generatePresignedUrl(bucket, key, Date.from(expires), HttpMethodName.GET)
                    .toString();
        } finally {
            client.shutdown();
        }
    }

    private static String signed(
            String method, String host, String path, String algorithm, String key, TreeMap<String, Object> parameters) {
        try {
            return Sign.sign(Sign.makeSignPlainText(parameters, method, host, path), key, algorithm);
        } catch (Exception e) {
            throw new IllegalStateException("the vendor's signer failed", e);
        }
    }

    private static RedisClient client(URI simulator, Way way, String method, Keys keys) {
        var http = new HttpProfile();
        http.setProtocol("http://");
        http.setReqMethod(method);
        http.setConnTimeout(5);
        http.setReadTimeout(20);
        if (way == Way.ENDPOINT) {
            http.setEndpoint(simulator.getAuthority());
        } else {
            http.setProxyHost(simulator.getHost());
            http.setProxyPort(simulator.getPort());
        }
        return new RedisClient(credential(keys), keys.region(), new ClientProfile("TC3-HMAC-SHA256", http));
    }

    private static Credential credential(Keys keys) {
        return keys.token().isEmpty()
                ? new Credential(keys.secretId(), keys.secretKey())
                : new Credential(keys.secretId(), keys.secretKey(), keys.token());
    }
}
