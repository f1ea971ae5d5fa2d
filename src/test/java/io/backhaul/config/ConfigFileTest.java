package io.backhaul.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.ByteCount;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    @TempDir
    private Path folder;

    @Test
    void everyKeyThatCanHasADefault() {
        var config = ConfigText.in(folder, ConfigText.MINIMAL).read();

        assertThat(config)
                .isEqualTo(new BackhaulConfig(
                        Path.of("/var/lib/backhaul"),
                        null,
                        new AdminConfig("127.0.0.1", 9464, null),
                        new TlsConfig(List.of()),
                        new TransferConfig(4, 32, 8, null),
                        List.of(new ArchiveConfig.Filesystem("nas", Path.of("/srv/backups"))),
                        List.of(new SourceConfig(
                                new SourceName("prod"),
                                ProviderKind.HUAWEI_DCS,
                                URI.create("https://dcs.example.org"),
                                "0123456789abcdef0123456789abcdef",
                                null,
                                null,
                                null,
                                new Credentials.AccessKey("AK", Secret.of(ConfigText.SECRET), null),
                                new InstanceSelection.All(),
                                "0 0/10 * * * ?",
                                List.of("nas"),
                                null,
                                Duration.ofHours(26),
                                Duration.ofDays(7),
                                new LinkValidity.Auto(),
                                Network.PUBLIC,
                                List.of(new HostPattern("*.myhuaweicloud.com"), new HostPattern("*.myhuaweicloud.eu")),
                                null,
                                null,
                                null))));
    }

    @Test
    void everyKeyOfTheTopLevelIsTaken() {
        var config = ConfigText.in(folder, """
                state-dir: state
                database: {url: "jdbc:postgresql://db/backhaul?ssl=true", user: 1234, password: pw}
                admin: {listen: "[::1]:0", token: t0ken}
                transfer: {concurrency: 64, segments: "1", bandwidth: 200MiB/s}
                archives:
                  - {name: offsite, type: s3, bucket: backups, region: eu-1, access-key: AK, secret-key: SK}
                  - {name: minio, type: s3, bucket: b-1, region: x, endpoint: "http://s3:9000", access-key: A, secret-key: S}
                  - {name: near, type: filesystem, directory: ../near}
                """ + ConfigText.SOURCE).read();

        assertThat(config.stateDir()).isEqualTo(folder.resolve("state"));
        assertThat(config.database())
                .isEqualTo(new DatabaseConfig("jdbc:postgresql://db/backhaul?ssl=true", "1234", Secret.of("pw")));
        assertThat(config.admin()).isEqualTo(new AdminConfig("::1", 0, Secret.of("t0ken")));
        assertThat(config.transfer())
                .isEqualTo(new TransferConfig(64, 32, 1, new Bandwidth.Steady(new ByteCount(200L << 20))));
        assertThat(config.archives())
                .containsExactly(
                        new ArchiveConfig.S3("offsite", "backups", "eu-1", null, Secret.of("AK"), Secret.of("SK")),
                        new ArchiveConfig.S3(
                                "minio", "b-1", "x", URI.create("http://s3:9000"), Secret.of("A"), Secret.of("S")),
                        new ArchiveConfig.Filesystem(
                                "near", folder.resolveSibling("near").toAbsolutePath()));
        assertThat(config.sources().getFirst().archives()).containsExactly("offsite", "minio", "near");
    }

    @Test
    void everyKeyOfASourceIsTaken() {
        var source = ConfigText.withSourceKeys(folder, """
                region: cn-north-4
                instances: [dcs-1, 1002]
                schedule: "0 0 3 * * ?"
                archives: [nas]
                heartbeat-url: https://hc.example.org/ping/0123?create=1
                rpo: 1d2h
                retention-hint: 1h30m
                link-validity: 90m
                network: public
                allow-hosts: ["127.0.0.1:8080", "*.Example.org"]
                concurrency: 2
                requests-per-second: 100
                """).readSource();

        assertThat(source.region()).isEqualTo("cn-north-4");
        assertThat(source.instances())
                .isEqualTo(new InstanceSelection.Listed(List.of(new InstanceId("dcs-1"), new InstanceId("1002"))));
        assertThat(source.schedule()).isEqualTo("0 0 3 * * ?");
        assertThat(source.heartbeatUrl()).isEqualTo(Secret.of("https://hc.example.org/ping/0123?create=1"));
        assertThat(source.rpo()).isEqualTo(Duration.ofHours(26));
        assertThat(source.retentionHint()).isEqualTo(Duration.ofMinutes(90));
        assertThat(source.linkValidity()).isEqualTo(new LinkValidity.Fixed(Duration.ofMinutes(90)));
        assertThat(source.concurrency()).isEqualTo(2);
        assertThat(source.requestsPerSecond()).isEqualTo(100);
        assertThat(source.allowHosts())
                .containsExactly(new HostPattern("127.0.0.1:8080"), new HostPattern("*.example.org"));
    }

    @Test
    void otherProvidersHaveTheirOwnKeysAndDefaults() {
        var config = ConfigText.in(folder, """
                archives: [{name: nas, type: filesystem, directory: /srv/backups}]
                sources:
                  - name: crs
                    provider: tencent-crs
                    endpoint: https://redis.tencentcloudapi.com
                    region: ap-guangzhou
                    api: v2
                    network: internal
                    credentials: {access-key: A, secret-key: S, session-token: T}
                  - name: ocean
                    provider: aliyun-oceanbase
                    endpoint: https://oceanbasepro.cn-hangzhou.aliyuncs.com
                    credentials: {access-key: A, secret-key: S}
                  - name: ges
                    provider: huawei-ges
                    endpoint: https://ges.cn-north-4.myhuaweicloud.com
                    region: cn-north-4
                    credentials: {user: u, password: P, domain: d, iam-endpoint: "https://iam.example.org"}
                  - name: by-region
                    provider: huawei-ges
                    endpoint: https://ges.cn-north-4.myhuaweicloud.com
                    region: cn-north-4
                    credentials: {access-key: A, secret-key: S, iam-endpoint: "https://iam.example.org"}
                """).read();

        var tencent = config.sources().get(0);
        assertThat(tencent.api()).isEqualTo("v2");
        assertThat(tencent.network()).isEqualTo(Network.INTERNAL);
        assertThat(tencent.allowHosts()).containsExactly(new HostPattern("*.myqcloud.com"));
        assertThat(tencent.credentials()).isEqualTo(new Credentials.AccessKey("A", Secret.of("S"), Secret.of("T")));
        var aliyun = config.sources().get(1);
        assertThat(aliyun.signature()).isEqualTo("acs3");
        assertThat(aliyun.allowHosts()).containsExactly(new HostPattern("*.aliyuncs.com"));
        var huawei = config.sources().get(2);
        assertThat(huawei.projectId()).isNull();
        assertThat(huawei.credentials())
                .isEqualTo(new Credentials.Password("u", Secret.of("P"), "d", URI.create("https://iam.example.org")));
        assertThat(config.sources().get(3).credentials())
                .isEqualTo(new Credentials.AccessKey("A", Secret.of("S"), null, URI.create("https://iam.example.org")));
    }

    @Test
    void aKeyWithNothingBelowItIsAsIfAbsent() {
        var config = ConfigText.in(
                        folder, "database:\nadmin:\ntransfer:\n  segments:\nstate-dir: null\n" + ConfigText.MINIMAL)
                .read();

        assertThat(config.database()).isNull();
        assertThat(config.admin().port()).isEqualTo(9464);
        assertThat(config.transfer().segments()).isEqualTo(8);
        assertThat(config.stateDir()).isEqualTo(Path.of("/var/lib/backhaul"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"007_0", "0x1F", "1e3", "+5", ".5", "1.50", "True", "yes", "2001-01-01", "99999999999999999999"})
    void plainTextStaysAsWrittenWhateverYamlTakesItFor(String password) {
        var database = "database: {url: \"jdbc:postgresql://db/x\", user: u, password: " + password + "}\n";

        assertThat(ConfigText.in(folder, database + ConfigText.MINIMAL).read().database())
                .isEqualTo(new DatabaseConfig("jdbc:postgresql://db/x", "u", Secret.of(password)));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() {
        assertThat(ConfigText.in(folder, "\uFEFF" + ConfigText.MINIMAL).problems())
                .isEmpty();
    }

    @Test
    void anAliasRepeatsItsAnchor() {
        var source = ConfigText.in(
                        folder,
                        ConfigText.MINIMAL
                                        .replace("credentials: {", "credentials: &keys {")
                                        .replace("\"AK\"", "&ak AKID")
                                + """
                          - name: second
                            provider: aliyun-oceanbase
                            endpoint: https://ocean.example.org
                            credentials: *keys
                        """.indent(0))
                .read()
                .sources()
                .get(1);

        assertThat(source.credentials())
                .isEqualTo(new Credentials.AccessKey("AKID", Secret.of(ConfigText.SECRET), null));
    }

    @Test
    void theExampleIsAccepted() {
        var config = ConfigFile.read(
                Path.of("config/backhaul.yaml"), Map.of("HW_AK", "ak", "HW_SK", "sk"), cron -> Optional.empty());

        assertThat(config.database()).isNull();
        assertThat(config.archives()).containsExactly(new ArchiveConfig.Filesystem("nas", Path.of("/srv/backups")));
        assertThat(config.sources().getFirst().credentials())
                .isEqualTo(new Credentials.AccessKey("ak", Secret.of("sk"), null));
    }

    @Test
    void printedConfigHidesSecrets() {
        var config = ConfigText.in(folder, """
                database: {url: "jdbc:postgresql://db/backhaul", user: u, password: s3cr3t-value}
                admin: {token: s3cr3t-value}
                archives:
                  - {name: a, type: s3, bucket: abc, region: r, access-key: s3cr3t-value, secret-key: s3cr3t-value}
                sources:
                  - name: keys
                    provider: tencent-crs
                    endpoint: https://redis.example.org
                    region: r
                    credentials: {access-key: A, secret-key: s3cr3t-value, session-token: s3cr3t-value}
                  - name: password
                    provider: huawei-dcs
                    endpoint: https://dcs.example.org
                    region: r
                    credentials: {user: u, password: s3cr3t-value, domain: d, iam-endpoint: "https://iam.example.org"}
                """).read();

        assertThat(config.toString()).contains("***").doesNotContain(ConfigText.SECRET);
    }
}
