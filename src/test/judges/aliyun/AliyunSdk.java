import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.tea.TeaException;
import com.aliyun.tea.TeaRequest;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.auth.HmacSHA1Signer;
import com.aliyuncs.auth.RpcSignatureComposer;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.backhaul.judge.AliyunJudge;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Runs the vendor's clients: tea-openapi with openapiutil, aliyun-java-sdk-core, aliyun-sdk-oss. */
public final class AliyunSdk implements AliyunJudge {
    private static final String VERSION = "2019-09-01";
    private static final String REGION = "cn-hangzhou";

    @Override
    public String authorization(
            Keys keys, String method, Map<String, String> query, Map<String, String> headers, String bodyHash) {
        var request = TeaRequest.create();
        request.method = method;
        request.pathname = "/";
        request.query = new HashMap<>(query);
        request.headers = new HashMap<>(headers);
        try {
            return com.aliyun.openapiutil.Client.getAuthorization(request, "ACS3-HMAC-SHA256", bodyHash, keys.id(), keys.secret());
        } catch (Exception e) {
            throw new IllegalStateException("the vendor's signer failed", e);
        }
    }

    @Override
    public String rpcSignature(Client client, String secret, String method, Map<String, String> parameters) {
        try {
            if (client == Client.CORE) {
                var toSign = RpcSignatureComposer.getComposer()
                        .composeStringToSign(
                                MethodType.valueOf(method), "/", null, new HashMap<>(parameters), Map.of(), Map.of());
                return new HmacSHA1Signer().signString(toSign, secret + "&");
            }
            return com.aliyun.openapiutil.Client.getRPCSignature(new HashMap<>(parameters), method, secret);
        } catch (Exception e) {
            throw new IllegalStateException("the vendor's signer failed", e);
        }
    }

    @Override
    public List<String> instances(Client client, URI endpoint, Keys keys) {
        var form = Map.of("PageNumber", "1", "PageSize", "100");
        return objects(call(client, endpoint, keys, "DescribeInstances", form).get("Instances")).stream()
                .map(one -> text(one, "InstanceId") + " " + text(one, "State"))
                .toList();
    }

    @Override
    public List<String> listThenLink(Client client, URI endpoint, Keys keys, String instance, int looks) {
        var sets = call(
                client,
                endpoint,
                keys,
                "DescribeDataBackupSet",
                Map.of("InstanceId", instance, "PageNumber", "1", "PageSize", "100"));
        var set = text(objects(sets.get("Data")).get(0), "SetId");
        var created = call(
                client,
                endpoint,
                keys,
                "CreateBackupSetDownloadLink",
                Map.of("InstanceId", instance, "BackupSetId", set));
        var holder = created.has("DownloadTaskId") ? created : created.getAsJsonObject("Data");
        var task = text(holder, "DownloadTaskId");
        for (var look = 0; look < looks; look++) {
            var answer = call(
                    client,
                    endpoint,
                    keys,
                    "DescribeBackupSetDownloadLink",
                    Map.of("InstanceId", instance, "DownloadTaskId", task));
            var links = links(answer.getAsJsonObject("Data"));
            if (!links.isEmpty()) {
                return links;
            }
        }
        throw new IllegalStateException("no links of task " + task + " after so many looks: " + looks);
    }

    @Override
    public String ossLink(Keys keys, OssSignature signature, String bucket, String key, Instant expires) {
        var configuration = new ClientBuilderConfiguration();
        configuration.setSignatureVersion(SignVersion.valueOf(signature.name()));
        var client = OSSClientBuilder.create()
                .endpoint("https://oss-" + REGION + ".aliyuncs.com")
                .region(REGION)
                .credentialsProvider(new DefaultCredentialProvider(
                        keys.id(), keys.secret(), keys.token().isEmpty() ? null : keys.token()))
                .clientConfiguration(configuration)
                .build();
        try {
            return client.generatePresignedUrl(bucket, key, Date.from(expires)).toString();
        } finally {
            client.shutdown();
        }
    }

    /** A task at work may show links already. */
    private static List<String> links(JsonObject task) {
        if (text(task, "DownloadTaskStatus").equalsIgnoreCase("RUNNING")) {
            return List.of();
        }
        var parts = objects(task.get("DownloadLinks"));
        return (parts.isEmpty() ? List.of(task) : parts)
                .stream()
                        .map(part -> text(part, "Url").isEmpty() ? text(part, "InternalUrl") : text(part, "Url"))
                        .filter(link -> !link.isEmpty())
                        .toList();
    }

    private static JsonObject call(
            Client client, URI endpoint, Keys keys, String action, Map<String, String> form) {
        try {
            return client == Client.CORE
                    ? core(endpoint, keys, action, form)
                    : tea(client, endpoint, keys, action, form);
        } catch (TeaException e) {
            throw new IllegalStateException(e.getCode() + " " + e.getMessage(), e);
        } catch (Exception e) {
            throw new IllegalStateException(e.toString(), e);
        }
    }

    private static JsonObject tea(
            Client client, URI endpoint, Keys keys, String action, Map<String, String> form)
            throws Exception {
        var config = new Config()
                .setAccessKeyId(keys.id())
                .setAccessKeySecret(keys.secret())
                .setProtocol("HTTP")
                .setEndpoint(endpoint.getAuthority())
                .setConnectTimeout(5_000)
                .setReadTimeout(20_000);
        if (!keys.token().isEmpty()) {
            config.setSecurityToken(keys.token());
        }
        if (client == Client.TEA_RPC) {
            config.setSignatureAlgorithm("v2");
        }
        var params = new Params()
                .setAction(action)
                .setVersion(VERSION)
                .setProtocol("HTTP")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");
        var request = new OpenApiRequest().setBody(new HashMap<String, Object>(form));
        var answer = new com.aliyun.teaopenapi.Client(config).callApi(params, request, new RuntimeOptions());
        return new Gson().toJsonTree(answer.get("body")).getAsJsonObject();
    }

    private static JsonObject core(URI endpoint, Keys keys, String action, Map<String, String> form)
            throws Exception {
        var profile = keys.token().isEmpty()
                ? DefaultProfile.getProfile(REGION, keys.id(), keys.secret())
                : DefaultProfile.getProfile(REGION, keys.id(), keys.secret(), keys.token());
        var request = new CommonRequest();
        request.setSysProtocol(ProtocolType.HTTP);
        request.setSysDomain(endpoint.getAuthority());
        request.setSysVersion(VERSION);
        request.setSysAction(action);
        request.setSysMethod(MethodType.POST);
        request.setSysConnectTimeout(5_000);
        request.setSysReadTimeout(20_000);
        form.forEach(request::putBodyParameter);
        var client = new DefaultAcsClient(profile);
        try {
            return JsonParser.parseString(client.getCommonResponse(request).getData()).getAsJsonObject();
        } finally {
            client.shutdown();
        }
    }

    private static List<JsonObject> objects(JsonElement element) {
        if (element == null || element.isJsonNull()) {
            return List.of();
        }
        if (element.isJsonObject()) {
            return List.of(element.getAsJsonObject());
        }
        var objects = new ArrayList<JsonObject>();
        StreamSupport.stream(element.getAsJsonArray().spliterator(), false)
                .forEach(one -> objects.add(one.getAsJsonObject()));
        return objects;
    }

    private static String text(JsonObject object, String name) {
        return object.has(name) && object.get(name).isJsonPrimitive() ? object.get(name).getAsString() : "";
    }
}
