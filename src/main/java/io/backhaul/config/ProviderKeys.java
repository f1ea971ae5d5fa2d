package io.backhaul.config;

import io.backhaul.config.Text.Exposure;
import io.backhaul.config.Text.Parsed;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The keys of a source that are not the same for every provider. Bounds are those of contracts/. */
final class ProviderKeys {
    private static final String AUTO = "auto";
    private static final String LEAST_LIFE = "5m";
    private static final String MOST_LIFE = "24h";
    private static final String FIXED_LIFE_DOC = "Only auto: this provider lets nobody choose.";
    private static final String CREDENTIALS_EXAMPLE =
            "{access-key: \"${env:ACCESS_KEY}\", secret-key: \"${env:SECRET_KEY}\"}";

    // Shapes that all providers share are one object each, so that a source of unknown provider is still judged by
    // them.
    private static final Text<URI> URL = Texts.url();
    private static final Items<HostPattern, List<HostPattern>> HOSTS = Items.of(Texts.hostPattern());

    /** Huawei's scope. */
    static final Key<String> PROJECT_ID = Key.optional(
            "project-id",
            Texts.matching("a project's id, such as 0123456789abcdef0123456789abcdef", "[A-Za-z0-9_-]{1,64}"),
            "Huawei project that the instances are in; a region may stand for it, where there is an iam-endpoint.");

    static final Key<String> REGION = Key.optional(
            "region", Texts.region(), "Region of the instances, where the endpoint alone does not say it.");

    /** Tencent's hosts serve every region. */
    static final Key<String> OWN_REGION = new Key<>(
            "region", REGION.shape(), Key.Presence.REQUIRED, null, "ap-guangzhou", "Region of the instances.");

    static final Key<String> API = Key.defaulted(
            "api",
            Texts.words("2018-04-12", "v2"),
            "2018-04-12",
            "Which of Tencent's APIs the endpoint speaks: 2018-04-12 (API 3.0) or the old v2.");
    static final Key<String> SIGNATURE = Key.defaulted(
            "signature", Texts.words("acs3", "rpc"), "acs3", "How Aliyun requests are signed: acs3, or the old rpc.");

    /** What the keys of these names are called whatever the provider: to take their values from a section. */
    static final Key<URI> ENDPOINT = endpoint(ProviderKind.HUAWEI_DCS);

    static final Key<Section> CREDENTIALS = credentials(ProviderKind.HUAWEI_DCS);
    static final Key<LinkValidity> LINK_VALIDITY = linkValidity(ProviderKind.HUAWEI_DCS);
    static final Key<Network> NETWORK = network(ProviderKind.TENCENT_CRS);
    static final Key<List<HostPattern>> ALLOW_HOSTS = allowHosts(ProviderKind.HUAWEI_DCS);

    private ProviderKeys() {}

    static Key<URI> endpoint(ProviderKind provider) {
        var example = switch (provider) {
            case HUAWEI_DCS -> "https://dcs.cn-north-4.myhuaweicloud.com";
            case HUAWEI_GES -> "https://ges.cn-north-4.myhuaweicloud.com";
            case TENCENT_CRS -> "https://redis.tencentcloudapi.com";
            case ALIYUN_OCEANBASE -> "https://oceanbasepro.cn-hangzhou.aliyuncs.com";
        };
        return Key.required(
                "endpoint",
                URL,
                example,
                "Where the provider's API is; http only to this machine or to a host that allow-hosts names.");
    }

    static Key<Section> credentials(ProviderKind provider) {
        return switch (provider) {
            case HUAWEI_DCS, HUAWEI_GES ->
                Key.required(
                        "credentials",
                        CredentialKeys.KEYS_OR_PASSWORD,
                        CREDENTIALS_EXAMPLE,
                        "A key pair, or an IAM user with password, domain and iam-endpoint; a key pair needs the iam-endpoint only where no project-id is given.");
            case TENCENT_CRS, ALIYUN_OCEANBASE ->
                Key.required("credentials", CredentialKeys.KEYS, CREDENTIALS_EXAMPLE, "A key pair.");
        };
    }

    static Key<LinkValidity> linkValidity(ProviderKind provider) {
        return switch (provider) {
            case HUAWEI_DCS ->
                linkValidity(chosenLife(), "How long a link should live; auto fits it to size and rate.");
            case HUAWEI_GES -> linkValidity(fixedLife("links of huawei-ges live 1h"), FIXED_LIFE_DOC);
            case TENCENT_CRS ->
                linkValidity(fixedLife("links of tencent-crs live 6h, or 12h with api v2"), FIXED_LIFE_DOC);
            case ALIYUN_OCEANBASE ->
                linkValidity(fixedLife("aliyun-oceanbase says itself how long its links live"), FIXED_LIFE_DOC);
        };
    }

    private static Key<LinkValidity> linkValidity(Text<LinkValidity> shape, String doc) {
        return Key.defaulted("link-validity", shape, AUTO, doc);
    }

    private static Text<LinkValidity> chosenLife() {
        return new Text<>(
                "auto or a duration",
                LEAST_LIFE + " to " + MOST_LIFE + " for huawei-dcs",
                Exposure.PLAIN,
                Texts.pattern("^auto$|" + Durations.SHAPE),
                text -> text.equals(AUTO)
                        ? new Parsed.Value<>(new LinkValidity.Auto())
                        : Durations.parse(text, LEAST_LIFE, MOST_LIFE).map(LinkValidity.Fixed::new));
    }

    private static Text<LinkValidity> fixedLife(String reason) {
        return new Text<>(
                AUTO,
                "",
                Exposure.PLAIN,
                Shape.object("const", AUTO),
                text -> text.equals(AUTO)
                        ? new Parsed.Value<>(new LinkValidity.Auto())
                        : Parsed.refused("cannot be chosen: " + reason + "; write auto"));
    }

    static Key<Network> network(ProviderKind provider) {
        var offered = switch (provider) {
            case HUAWEI_DCS, HUAWEI_GES -> List.of(Network.PUBLIC);
            case TENCENT_CRS, ALIYUN_OCEANBASE -> List.of(Network.PUBLIC, Network.INTERNAL);
        };
        return Key.defaulted(
                "network",
                Texts.words(offered, network -> network.name().toLowerCase(Locale.ROOT)),
                "public",
                "Which link to take where the provider offers two: public, or internal to its own network.");
    }

    static Key<List<HostPattern>> allowHosts(ProviderKind provider) {
        var hosts = switch (provider) {
            case HUAWEI_DCS, HUAWEI_GES -> List.of("*.myhuaweicloud.com", "*.myhuaweicloud.eu");
            case TENCENT_CRS -> List.of("*.myqcloud.com");
            case ALIYUN_OCEANBASE -> List.of("*.aliyuncs.com");
        };
        return Key.defaulted(
                "allow-hosts",
                HOSTS,
                hosts,
                "Where links may point, and redirects from there; replaces the default. Http and private addresses"
                        + " only when named without a star.");
    }
}
