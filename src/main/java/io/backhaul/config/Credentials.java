package io.backhaul.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a source signs or logs in with. */
public sealed interface Credentials {
    /** Where IAM is, Huawei only; null where nothing needs to be asked there. */
    @Nullable
    URI iamEndpoint();

    /**
     * A key pair that signs each request.
     *
     * @param sessionToken of temporary keys; null for permanent ones
     * @param iamEndpoint never null where a Huawei project is to be found by its region
     */
    record AccessKey(
            String accessKey,
            Secret secretKey,
            @Nullable Secret sessionToken,
            @Nullable URI iamEndpoint) implements Credentials {
        /** Keys that say all that is needed. */
        public AccessKey(String accessKey, Secret secretKey, @Nullable Secret sessionToken) {
            this(accessKey, secretKey, sessionToken, null);
        }
    }

    /** An IAM user that gets tokens; Huawei only. */
    record Password(String user, Secret password, String domain, URI iamEndpoint) implements Credentials {}
}
