package io.backhaul.simulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated cloud is set to.
 *
 * @param securityToken belongs to temporary keys; null for lasting ones
 * @param clock the true time; the provider's own may be set apart from it
 * @param region a word in names and hosts
 * @param linkLife how long links really live, from how long they were asked for
 * @param goneAnswer what asking for the links of a vanished backup gives
 * @param filesAt where Huawei's links lead, when another server serves the files; null for the simulated store
 */
public record CloudSettings(
        String accessKey,
        String secretKey,
        @Nullable String securityToken,
        String projectId,
        Clock clock,
        String region,
        UnaryOperator<Duration> linkLife,
        GoneAnswer goneAnswer,
        @Nullable URI filesAt) {

    /** Lasting keys, region {@code cn-north-4}, links that live as long as they should. */
    public static CloudSettings of(String accessKey, String secretKey, String projectId, Clock clock) {
        return new CloudSettings(
                accessKey,
                secretKey,
                null,
                projectId,
                clock,
                "cn-north-4",
                UnaryOperator.identity(),
                GoneAnswer.DCS_4031,
                null);
    }

    public CloudSettings withSecurityToken(String token) {
        return new CloudSettings(accessKey, secretKey, token, projectId, clock, region, linkLife, goneAnswer, filesAt);
    }

    public CloudSettings withRegion(String other) {
        return new CloudSettings(
                accessKey, secretKey, securityToken, projectId, clock, other, linkLife, goneAnswer, filesAt);
    }

    /** For links that die within seconds although the API grants five minutes at least. */
    public CloudSettings withLinkLife(UnaryOperator<Duration> other) {
        return new CloudSettings(
                accessKey, secretKey, securityToken, projectId, clock, region, other, goneAnswer, filesAt);
    }

    public CloudSettings withGoneAnswer(GoneAnswer other) {
        return new CloudSettings(
                accessKey, secretKey, securityToken, projectId, clock, region, linkLife, other, filesAt);
    }

    /** For a benchmark, where a server that takes less of the processors than this one serves the files. */
    public CloudSettings withFilesAt(URI other) {
        return new CloudSettings(
                accessKey, secretKey, securityToken, projectId, clock, region, linkLife, goneAnswer, other);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "CloudSettings[accessKey=" + accessKey + ", projectId=" + projectId + ", region=" + region + "]";
    }
}
