package io.backhaul.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFaultsTest {
    @TempDir
    private Path folder;

    @Test
    void allFaultsAreReportedAtOnce() {
        var config = ConfigText.in(folder, """
                transfer: {concurrency: 65}
                sources:
                  - name: prod
                    provider: huawei-dcs
                    endpoint: https://dcs.example.org
                    project-id: 0123456789abcdef0123456789abcdef
                    credentials: {access-key: AK}
                    link-validity: 30
                archives:
                  - {name: nas, type: filesystem, directry: /srv/backups}
                  - {name: second, type: filesystem}
                """);

        assertThat(config.problems()).isEqualTo("""
                backhaul.yaml: 5 problems
                  transfer.concurrency: "65" is too large (1 to 64, default 4)
                  sources[0].credentials.secret-key: missing; write for example ${env:HW_SK}
                  sources[0].link-validity: "30" has no unit; write "30s" (5m to 24h for huawei-dcs, default auto)
                  archives[0].directry: unknown key; did you mean "directory"?
                  archives[1].directory: missing; write for example /srv/backups""");
    }

    @Test
    void oneFaultIsOneProblem() {
        assertThat(ConfigText.withSourceKeys(folder, "rpo: 30s").problems())
                .isEqualTo(
                        "backhaul.yaml: 1 problem\n  sources[0].rpo: \"30s\" is too short (1m to 366d, default 26h)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nonsense: 1               | nonsense: unknown key; known here: name, provider, endpoint, project-id, region, credentials, instances, schedule, archives, heartbeat-url, rpo, retention-hint, link-validity, network, allow-hosts, concurrency, bandwidth, requests-per-second
            linkvalidity: auto        | linkvalidity: unknown key; did you mean "link-validity"?
            api: v2                   | api: does not belong to huawei-dcs, only to tencent-crs
            name: again               | name: written in line 4 and again in line 9; keep one
            instances: dcs-1          | instances: "dcs-1" is not all; to list ids write [dcs-1] (default all)
            instances: []             | instances: is empty; write at least one, or leave the key out where it has a default
            instances: [a, b, a]      | instances[2]: "a" is listed twice; keep one
            instances: [a, {b: c}]    | instances[1]: want an instance id, found a section of keys
            schedule: "* * *"         | schedule: "* * *" is no Quartz cron expression (found 3 fields); write for example "0 0/10 * * * ?"
            schedule: ""              | schedule: is empty; want a Quartz cron expression
            archives: nas             | archives: want a list, found a single value
            archives: [naas]          | archives: "naas" is no archive of this file; did you mean "nas"?
            rpo: [1h]                 | rpo: want a duration such as 90s, 30m, 1h30m or 7d, found a list
            rpo: 1m1h                 | rpo: "1m1h" is no duration; write for example 90s, 30m, 1h30m or 7d (1m to 366d, default 26h)
            retention-hint: 999999d   | retention-hint: "999999d" is too long (1h to 3660d, default 7d)
            link-validity: 25h        | link-validity: "25h" is too long (5m to 24h for huawei-dcs, default auto)
            network: internal         | network: "internal" is not known; known here: public (default public)
            allow-hosts: ["*.com"]    | allow-hosts[0]: "*.com" is no host; write a host, host:port, or *.domain.tld with at least two labels after the star
            allow-hosts: ["a:70000"]  | allow-hosts[0]: "a:70000" is no host; write a host, host:port, or *.domain.tld with at least two labels after the star
            """)
    void aFaultOfASourceNamesKeyValueAndRemedy(String line, String fault) {
        assertThat(ConfigText.withSourceKeys(folder, line).problems())
                .isEqualTo("backhaul.yaml: 1 problem\n  sources[0]." + fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            project-id: x       | project-id: does not belong to tencent-crs, only to huawei-dcs, huawei-ges
            api: v3             | api: "v3" is not known; did you mean "v2"? (default 2018-04-12)
            link-validity: 1h   | link-validity: "1h" cannot be chosen: links of tencent-crs live 6h, or 12h with api v2; write auto (default auto)
            """)
    void aProviderWithoutAKeyOrChoiceSaysSo(String line, String fault) {
        assertThat(ConfigText.withTencentKeys(folder, "region: r\n" + line).problems())
                .isEqualTo("backhaul.yaml: 1 problem\n  sources[0]." + fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            statedir: /x                    | statedir: unknown key; did you mean "state-dir"?
            state-dir: ~/x                  | state-dir: "~/x" begins with "~", which only shells understand; write the whole path (default /var/lib/backhaul)
            admin: 9464                     | admin: want a section of keys, found a single value
            admin: {listen: 9464}           | admin.listen: "9464" is no host:port (default 127.0.0.1:9464)
            admin: {listen: "h:65536"}      | admin.listen: "h:65536" has a port above 65535 (default 127.0.0.1:9464)
            transfer: {segments: 0}         | transfer.segments: "0" is too small (1 to 32, default 8)
            transfer: {segments: 1.5}       | transfer.segments: "1.5" is no whole number (1 to 32, default 8)
            transfer: {bandwidth: 200}      | transfer.bandwidth: "200" has no unit; write "200MiB/s" (1KiB/s up)
            transfer: {bandwidth: 200MiB}   | transfer.bandwidth: "200MiB" is no rate; write "200MiB/s" (1KiB/s up)
            transfer: {bandwidth: 200MB/s}  | transfer.bandwidth: "200MB/s" has no unit that is known; units are B/s, KiB/s, MiB/s, GiB/s and TiB/s (1KiB/s up)
            transfer: {bandwidth: 0MiB/s}   | transfer.bandwidth: "0MiB/s" is too slow (1KiB/s up)
            transfer: {bandwidth: fast}     | transfer.bandwidth: "fast" is no rate; write for example 200MiB/s (1KiB/s up)
            transfer: {bandwidth: {rate: 1MiB/s}}  | transfer.bandwidth: want a rate such as 200MiB/s, or a list of hours, found a section of keys
            transfer: {bandwidth: []}       | transfer.bandwidth: is empty; write at least one, or leave the key out where it has a default
            transfer: {bandwidth: [5MiB/s]} | transfer.bandwidth[0]: want a section of keys, found a single value
            transfer: {bandwidth: [{from: "8:00", to: "20:00", rate: 1MiB/s}]}   | transfer.bandwidth[0].from: "8:00" is no time of the day; write for example "08:00" (00:00 to 24:00)
            transfer: {bandwidth: [{from: "08:00", to: "20:00"}]}                | transfer.bandwidth[0].rate: missing; write for example 50MiB/s
            transfer: {bandwidth: [{from: "08:00", to: "20:00", rate: 1MiB/s}, {from: "19:59", to: "21:00", rate: 2MiB/s}]} | transfer.bandwidth: the hours 08:00 to 20:00 overlap with 19:59 to 21:00; let each hour have one rate (from counts, to does not)
            transfer: {bandwidth: [{from: "22:00", to: "06:00", rate: 1MiB/s}, {from: "05:00", to: "07:00", rate: 2MiB/s}]} | transfer.bandwidth: the hours 22:00 to 06:00 overlap with 05:00 to 07:00; let each hour have one rate (from counts, to does not)
            transfer: {concurrency-per-host: 0} | transfer.concurrency-per-host: "0" is too small (1 to 256, default 32)
            transfer: {time-zone: Shanghai} | transfer.time-zone: "Shanghai" is no time zone; write for example Asia/Shanghai, Europe/Berlin or UTC
            database: {user: u, password: p}| database.url: missing; write for example jdbc:postgresql://db/backhaul
            """)
    void aFaultOfTheTopLevelNamesKeyValueAndRemedy(String line, String fault) {
        assertThat(ConfigText.in(folder, line + "\n" + ConfigText.MINIMAL).problems())
                .isEqualTo("backhaul.yaml: 1 problem\n  " + fault);
    }

    @Test
    void everyFaultOfATimetableIsReportedAtOnce() {
        var config = ConfigText.in(folder, """
                transfer:
                  bandwidth:
                    - {from: 08:00, to: 25:00, rate: fast}
                    - {from: 20:00, till: 24:00, rate: 1MiB/s}
                """ + ConfigText.MINIMAL + """
                concurrency: 0
                bandwidth:
                  - {from: 08:00, to: 12:00, rate: 1MiB/s}
                  - {from: 12:00, to: 14:00, rate: 2MiB/s}
                  - {from: 13:00, to: 09:00, rate: 3MiB/s}
                """.indent(4));

        assertThat(config.problems()).isEqualTo("""
                backhaul.yaml: 7 problems
                  transfer.bandwidth[0].to: "25:00" is no time of the day; write for example "08:00" (00:00 to 24:00)
                  transfer.bandwidth[0].rate: "fast" is no rate; write for example 200MiB/s (1KiB/s up)
                  transfer.bandwidth[1].till: unknown key; known here: from, to, rate
                  transfer.bandwidth[1].to: missing; write for example "20:00"
                  sources[0].concurrency: "0" is too small (1 to 64)
                  sources[0].bandwidth: the hours 08:00 to 12:00 overlap with 13:00 to 09:00; let each hour have one rate (from counts, to does not)
                  sources[0].bandwidth: the hours 12:00 to 14:00 overlap with 13:00 to 09:00; let each hour have one rate (from counts, to does not)""");
    }

    @Test
    void emptyAndMissingListsAreFaults() {
        assertThat(ConfigText.in(folder, "archives: []").problems()).isEqualTo("""
                backhaul.yaml: 2 problems
                  archives: is empty; write at least one, or leave the key out where it has a default
                  sources: missing; write for example [{name: prod-redis, provider: huawei-dcs, …}]""");
    }

    @Test
    void namesAndDirectoriesAreUnique() {
        var config = ConfigText.in(folder, """
                archives:
                  - {name: nas, type: filesystem, directory: /srv/backups}
                  - {name: nas, type: filesystem, directory: /srv/backups}
                """ + ConfigText.SOURCE + ConfigText.SOURCE.replace("sources:\n", ""));

        assertThat(config.problems()).isEqualTo("""
                backhaul.yaml: 3 problems
                  archives[1].name: "nas" is another one's already; each needs its own
                  archives[1].directory: "/srv/backups" is another one's already; each needs its own
                  sources[1].name: "prod" is another one's already; each needs its own""");
    }

    @Test
    void anUnknownProviderHidesNoOtherFault() {
        var config = ConfigText.in(
                folder, ConfigText.MINIMAL.replace("huawei-dcs", "huawei-dsc") + "    rpo: 5\n    apy: v2\n");

        assertThat(config.problems()).isEqualTo("""
                backhaul.yaml: 3 problems
                  sources[0].provider: "huawei-dsc" is not known; did you mean "huawei-dcs"?
                  sources[0].rpo: "5" has no unit; write "5s" (1m to 366d, default 26h)
                  sources[0].apy: unknown key; did you mean "api"?""");
    }

    @Test
    void aProviderIsMissedWhatItNeeds() {
        assertThat(ConfigText.withTencentKeys(folder, "").problems())
                .isEqualTo("backhaul.yaml: 1 problem\n  sources[0].region: missing; write for example ap-guangzhou");
        assertThat(ConfigText.in(folder, ConfigText.MINIMAL.replaceAll("project-id: .*", ""))
                        .problems())
                .isEqualTo(
                        "backhaul.yaml: 1 problem\n"
                                + "  sources[0].project-id: missing; write the project's id, 32 hex digits, or a region and iam-endpoint in its place");
    }

    @Test
    void aKeyWithoutAProjectNeedsSomeoneToAsk() {
        var byRegion = ConfigText.MINIMAL.replaceAll("project-id: .*", "region: cn-north-4");
        assertThat(ConfigText.in(folder, byRegion).problems())
                .isEqualTo("backhaul.yaml: 1 problem\n  sources[0].credentials.iam-endpoint: missing;"
                        + " without project-id, the project is asked for there");
    }

    @Test
    void credentialsAreOfOneKind() {
        var mixed = "{access-key: AK, secret-key: SK, user: u}";
        assertThat(ConfigText.in(folder, ConfigText.MINIMAL.replaceAll("credentials: .*", "credentials: " + mixed))
                        .problems())
                .isEqualTo(
                        "backhaul.yaml: 1 problem\n"
                                + "  sources[0].credentials.user: does not belong to access keys, only to password credentials");
        var password = "{user: u, password: p, domain: d, iam-endpoint: \"https://iam\"}";
        assertThat(ConfigText.in(
                                folder,
                                ConfigText.MINIMAL
                                        .replaceAll("project-id: .*", "")
                                        .replaceAll("credentials: .*", "credentials: " + password))
                        .problems())
                .isEqualTo(
                        "backhaul.yaml: 1 problem\n"
                                + "  sources[0].project-id: missing; write the project's id, 32 hex digits, or a region and iam-endpoint in its place");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ftp://dcs.example.org        | "ftp://dcs.example.org" is no URL that begins with https:// or http://
            https:dcs                    | "https:dcs" has no valid host and port
            "https://dcs .org"           | "https://dcs .org" is no URL: Illegal character in authority
            https://u:pw@dcs.example.org | "https://…@dcs.example.org" has a user, query or fragment, which an endpoint must not have
            https://dcs.org?token=pw     | "https://dcs.org?…" has a user, query or fragment, which an endpoint must not have
            http://dcs.example.org       | http would show credentials to the network; write https, or name dcs.example.org in allow-hosts
            """)
    void aBadEndpointIsAFaultThatShowsNoCredentials(String url, String fault) {
        assertThat(ConfigText.in(folder, ConfigText.MINIMAL.replace("https://dcs.example.org", url))
                        .problems())
                .isEqualTo("backhaul.yaml: 1 problem\n  sources[0].endpoint: " + fault);
    }

    @Test
    void httpIsForThisMachineAndNamedHosts() {
        for (var url :
                new String[] {"http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:1", "http://sim:80"}) {
            var source = ConfigText.in(
                            folder,
                            ConfigText.MINIMAL.replace("https://dcs.example.org", "\"" + url + "\"")
                                    + "    allow-hosts: [\"sim:80\"]\n")
                    .readSource();
            assertThat(source.endpoint()).hasToString(url);
        }
    }

    @Test
    void aSyntaxErrorHasLineAndColumnAndShowsNothingOfTheFile() {
        assertThat(ConfigText.in(folder, "database:\n  password: s3cr3t-value: x\n")
                        .problems())
                .isEqualTo("backhaul.yaml: 1 problem\n"
                        + "  line 2, column 25: no valid YAML: mapping values are not allowed here");
        assertThat(ConfigText.in(folder, "a: \"s3cr3t-value\nb: [").problems())
                .startsWith("backhaul.yaml: 1 problem\n  line ")
                .doesNotContain("s3cr3t");
        assertThat(ConfigText.in(folder, "a: *b\n").problems())
                .isEqualTo(
                        "backhaul.yaml: 1 problem\n" + "  line 1, column 4: *b stands for nothing; put &b before it");
        assertThat(ConfigText.in(folder, "a: 1\n---\nb: 2\n").problems())
                .endsWith(": a second document begins; keep one document in the file");
    }

    @Test
    void aFileThatIsNoneIsAFault() throws IOException {
        assertThat(ConfigText.in(folder, "").problems())
                .isEqualTo("backhaul.yaml: 1 problem\n"
                        + "  the file is empty; config/backhaul.yaml is an example to begin with");
        assertThat(ConfigText.in(folder, "# only a comment\n").problems()).contains("the file is empty");
        assertThat(ConfigText.in(folder, "- a\n").problems())
                .isEqualTo("backhaul.yaml: 1 problem\n  want a section of keys, found a list");
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.yaml"), Map.of(), cron -> Optional.empty()))
                .hasMessage(folder.resolve("none.yaml")
                        + ": 1 problem\n  no such file; config/backhaul.yaml is an example to begin with");
        assertThatThrownBy(() -> ConfigFile.read(folder, Map.of(), cron -> Optional.empty()))
                .hasMessage(folder + ": 1 problem\n  this is a directory; name the file in it");
        var latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
        assertThatThrownBy(() -> ConfigFile.read(latin, Map.of(), cron -> Optional.empty()))
                .hasMessage(latin + ": 1 problem\n  the file is not UTF-8 text");
    }

    @Test
    void aDatabaseUrlBearsNoPassword() {
        var config = ConfigText.in(
                folder,
                "database: {url: \"jdbc:postgresql://db/x?password=s3cr3t-value\", user: u, password: p}\n"
                        + ConfigText.MINIMAL);

        assertThat(config.problems())
                .isEqualTo("backhaul.yaml: 1 problem\n  database.url: \"jdbc:postgresql://db/x?…\" carries credentials;"
                        + " write them at the keys user and password");
    }

    @Test
    void aHeartbeatUrlIsASecretThatMustBeCallable() {
        for (var wrong : List.of(
                "ftp://s3cr3t.example.org/",
                "https:///s3cr3t",
                "https://u:s3cr3t@example.org/",
                "https://example.org/#s3cr3t",
                "https://example.org/s3cr3t key")) {
            assertThat(ConfigText.withSourceKeys(folder, "heartbeat-url: \"" + wrong + "\"\n")
                            .problems())
                    .as(wrong)
                    .contains("sources[0].heartbeat-url: not accepted: want an http or https URL with a host")
                    .doesNotContain("s3cr3t");
        }
    }

    /** Byte order mark, no-break space, ideographic space, zero-width space. */
    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", "\u00A0", "\u3000", "\u200B", "\u00E4", "\u0007"})
    void aKeyWithACharacterThatNoKeyHasIsAFaultThatDoesNotShowIt(String slip) {
        var config = ConfigText.in(folder, ConfigText.MINIMAL.replace("\"s3cr3t-value\"", "\"${env:SK}\""))
                .env("SK", "s3cr3t" + slip);

        assertThat(config.problems())
                .startsWith("backhaul.yaml: 1 problem\n  sources[0].credentials.secret-key: not accepted: want a key of"
                        + " visible ASCII characters")
                .doesNotContain("s3cr3t" + slip);
    }

    @Test
    void faultsOfSecretsDoNotShowThem() {
        var config = ConfigText.in(folder, """
                database: {url: "jdbc:postgresql://db/x", user: u, password: [s3cr3t-value]}
                archives:
                  - {name: a, type: s3, bucket: abc, region: r, access-key: "s3cr3t-value x", secret-key: "${s3cr3t-value"}
                """ + ConfigText.SOURCE);

        assertThat(config.problems())
                .startsWith("backhaul.yaml: 3 problems")
                .contains(
                        "archives[0].access-key: not accepted: want a key of visible ASCII characters",
                        "archives[0].secret-key: \"${\" starts no reference that is known",
                        "database.password: want a secret")
                .doesNotContain("s3cr3t");
    }
}
