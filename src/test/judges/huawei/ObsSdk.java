import com.obs.services.ObsClient;
import com.obs.services.ObsConfiguration;
import com.obs.services.model.AuthTypeEnum;
import com.obs.services.model.HttpMethodEnum;
import com.obs.services.model.TemporarySignatureRequest;
import io.backhaul.judge.ObsJudge;
import java.io.IOException;
import java.io.UncheckedIOException;

/** esdk-obs-java: makes links offline. */
public final class ObsSdk implements ObsJudge {
    @Override
    public String link(String family, String securityToken, String bucket, String key, long seconds) {
        var settings = new ObsConfiguration();
        settings.setEndPoint("https://obs.cn-north-4.myhuaweicloud.com");
        settings.setAuthType(AuthTypeEnum.valueOf(family));
        settings.setAuthTypeNegotiation(false);
        var token = securityToken.isEmpty() ? null : securityToken;
        try (var client = new ObsClient("AKIDEXAMPLE0000000001", "SKEXAMPLE/secret+01", token, settings)) {
            var request = new TemporarySignatureRequest(HttpMethodEnum.GET, seconds);
            request.setBucketName(bucket);
            request.setObjectKey(key);
            return client.createTemporarySignature(request).getSignedUrl();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
