package io.backhaul.config;

import java.net.URI;
import java.util.List;

/** The keys of a source's {@code credentials}. */
final class CredentialKeys {
    static final Key<String> USER =
            Key.required("user", Texts.plain("a user name"), "backhaul", "Name of the IAM user.");

    private static final Key<Secret> ACCESS_KEY =
            Key.required("access-key", Texts.keySecret(), "${env:HW_AK}", "Access key id (AK, SecretId, AccessKeyId).");
    private static final Key<Secret> SECRET_KEY = Key.required(
            "secret-key", Texts.keySecret(), "${env:HW_SK}", "Secret key (SK, SecretKey, AccessKeySecret).");
    private static final Key<Secret> SESSION_TOKEN =
            Key.optional("session-token", Texts.keySecret(), "Security token, for temporary keys.");
    private static final Key<Secret> PASSWORD =
            Key.required("password", Texts.secret(), "${env:HW_PASSWORD}", "Password of that user.");
    private static final Key<String> DOMAIN = Key.required(
            "domain", Texts.plain("an account name"), "my-account", "Account (IAM domain) that the user belongs to.");
    static final Key<URI> IAM_ENDPOINT = Key.required(
            "iam-endpoint",
            Texts.url(),
            "https://iam.cn-north-4.myhuaweicloud.com",
            "Where tokens are asked for; it gets the password.");
    private static final Key<URI> PROJECTS_ENDPOINT = Key.optional(
            IAM_ENDPOINT.name(), IAM_ENDPOINT.shape(), "Where a project is asked for by its region; for Huawei's IAM.");

    /** A key pair: every provider takes one. */
    static final Fields KEYS = Fields.named("access keys", List.of(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN));

    /** A key pair or an IAM user. */
    static final FormsByKeys KEYS_OR_PASSWORD = new FormsByKeys(Forms.of(
            Fields.named("access keys", List.of(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, PROJECTS_ENDPOINT)),
            Fields.named("password credentials", List.of(USER, PASSWORD, DOMAIN, IAM_ENDPOINT))));

    private CredentialKeys() {}

    static Credentials build(Section section) {
        return section.find(USER) == null
                ? new Credentials.AccessKey(
                        section.value(ACCESS_KEY).reveal(),
                        section.value(SECRET_KEY),
                        section.find(SESSION_TOKEN),
                        section.find(IAM_ENDPOINT))
                : new Credentials.Password(
                        section.value(USER),
                        section.value(PASSWORD),
                        section.value(DOMAIN),
                        section.value(IAM_ENDPOINT));
    }
}
