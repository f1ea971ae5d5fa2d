package io.backhaul.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a source signs or logs in with. */
public sealed interface Credentials {
    /**
     * A key pair that signs each request.
     *
     * @param sessionToken of temporary keys; null for permanent ones
     */
    record AccessKey(
            String accessKey, Secret secretKey, @Nullable Secret sessionToken) implements Credentials {}

    /** An IAM user that gets tokens; Huawei only. */
    record Password(String user, Secret password, String domain, URI iamEndpoint) implements Credentials {}
}
