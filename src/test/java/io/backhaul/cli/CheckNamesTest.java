package io.backhaul.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.catalog.DatabaseAddress;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is wrong with a source, where, and who must act how, for every provider and every fault. Rows: sources (all, or
 * some with blanks between), fault, and what the line about it must have, a vertical bar between.
 */
@ExtendWith(TestDatabase.class)
class CheckNamesTest {
    private static final String ROWS = """
            huawei-dcs huawei-ges tencent-crs tencent-crs-v2 aliyun-oceanbase
              | WRONG_KEY
              | the provider does not know the access key; operator: correct sources[0].credentials.access-key;
            huawei-dcs huawei-ges tencent-crs tencent-crs-v2 aliyun-oceanbase
              | WRONG_SECRET
              | the secret key is not the one of the access key; operator: correct sources[0].credentials.secret-key [
            huawei-dcs-user huawei-ges-user
              | WRONG_KEY
              | user, password and account do not belong together; operator: correct sources[0].credentials.user,
            huawei-dcs-user huawei-ges-user
              | WRONG_SECRET
              | user, password and account do not belong together; | sources[0].credentials.password or
            huawei-dcs huawei-ges tencent-crs tencent-crs-v2 aliyun-oceanbase
              | UNWANTED_TOKEN
              | the session token is missing, wrong or at its end; operator: | sources[0].credentials.session-token
            huawei-dcs huawei-dcs-user
              | WRONG_PROJECT
              | the project is not one that the credential can use at this endpoint; operator: correct sources[0].project-id
            huawei-ges huawei-ges-user
              | WRONG_REGION
              | the provider knows no region ap-beijing here; operator: correct sources[0].region [
            tencent-crs tencent-crs-v2
              | WRONG_REGION
              | the account has no instance here, | operator: correct sources[0].region or sources[0].endpoint
            huawei-ges huawei-ges-user tencent-crs tencent-crs-v2
              | UNKNOWN_REGION
              | the provider knows no region mars here; operator: correct sources[0].region [
            all
              | REFUSED_PORT
              | nothing takes connections at 127.0.0.1:1; network team: open 127.0.0.1:1 for this machine; | sources[0].endpoint
            huawei-dcs-user huawei-ges huawei-ges-user
              | REFUSED_IAM
              | network team: open 127.0.0.1:1 | the operator corrects sources[0].credentials.iam-endpoint [
            all
              | UNKNOWN_HOST
              | no such host: nowhere.invalid; operator: correct sources[0].endpoint;
            all
              | PAGE_200
              | is not the provider's API: | operator: correct sources[0].endpoint; | HTTP 200
            all
              | PAGE_404
              | is not the provider's API: | operator: correct sources[0].endpoint; | HTTP 404
            all
              | UNTRUSTED
              | the certificate of 127.0.0.1 is not signed by anybody whom | host administrator: name the authority's PEM file at tls.ca-file, | sources[0].endpoint
            all
              | NO_TLS
              | no TLS comes about with 127.0.0.1: | operator: correct scheme and port of sources[0].endpoint;
            all
              | CLOCK_BEHIND
              | this machine's clock is 20 min behind the provider's; host administrator: set the clock
            all
              | CLOCK_AHEAD
              | this machine's clock is 3 min ahead of the provider's; host administrator: set the clock
            all
              | MISSING_INSTANCE
              | the account has no instance nobody-knows-it, so nothing would be brought home; operator: correct sources[0].instances
            huawei-dcs huawei-dcs-user
              | NO_INSTANCE
              | no instance here, so nothing would be brought home; operator: correct sources[0].project-id or sources[0].endpoint,
            huawei-ges huawei-ges-user tencent-crs tencent-crs-v2
              | NO_INSTANCE
              | no instance here, so nothing would be brought home; operator: correct sources[0].region or sources[0].endpoint,
            aliyun-oceanbase
              | NO_INSTANCE
              | no instance here, so nothing would be brought home; operator: correct sources[0].endpoint,
            huawei-dcs huawei-dcs-user
              | NO_LISTING
              | may not do this; cloud administrator: grant dcs:instance:list to the user of sources[0].credentials [
            huawei-dcs huawei-dcs-user
              | NO_BACKUPS
              | may not do this; cloud administrator: grant dcs:instance:getDataBackupLog to
            huawei-dcs huawei-dcs-user
              | NO_LINKS
              | may not do this; cloud administrator: grant dcs:instance:downloadBackupData to
            huawei-ges huawei-ges-user
              | NO_LISTING
              | may not do this; cloud administrator: grant ges:graph:list to
            huawei-ges huawei-ges-user
              | NO_BACKUPS
              | may not do this; cloud administrator: grant ges:backup:list to
            huawei-ges huawei-ges-user
              | NO_LINKS
              | may not do this; cloud administrator: grant the system policy GES ReadOnlyAccess to
            tencent-crs
              | NO_LISTING
              | may not do this; cloud administrator: grant redis:DescribeInstances to
            tencent-crs
              | NO_BACKUPS
              | may not do this; cloud administrator: grant redis:DescribeInstanceBackups to
            tencent-crs
              | NO_LINKS
              | may not do this; cloud administrator: grant redis:DescribeBackupUrl to
            tencent-crs-v2
              | NO_LISTING
              | may not do this; cloud administrator: grant redis:DescribeRedis to
            tencent-crs-v2
              | NO_BACKUPS
              | may not do this; cloud administrator: grant redis:GetRedisBackupList to
            aliyun-oceanbase
              | NO_LISTING
              | may not do this; cloud administrator: grant oceanbase:DescribeInstances to
            aliyun-oceanbase
              | NO_BACKUPS
              | may not do this; cloud administrator: grant oceanbase:DescribeDataBackupSet to
            """;

    private static WebPages pages;
    private static DatabaseAddress database;

    @TempDir
    private Path folder;

    private final SimulatedCloud cloud = new SimulatedCloud(
            CloudSettings.of(CheckedCloud.ACCESS, CheckedCloud.SECRET, CheckedCloud.PROJECT, Clock.systemUTC())
                    .withRegion(CheckedCloud.REGION));

    @BeforeAll
    static void servePages(@TempDir Path keys) throws Exception {
        pages = new WebPages(keys);
    }

    /** One for all rows: check only looks at it, and a new one for each takes longer than the check. */
    @BeforeAll
    static void openDatabase(TestDatabase.Fresh fresh) {
        database = fresh.address();
    }

    @AfterAll
    static void closePages() {
        pages.close();
    }

    @BeforeEach
    void start() throws IOException {
        // Of one without anything check asks the catalog whether it ever kept a set, which takes longer than all the
        // rest.
        Files.createDirectories(folder.resolve("archive/prod"));
        cloud.start();
        CheckedCloud.fill(cloud);
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    static Stream<Arguments> rows() {
        return Arrays.stream(ROWS.split("\n(?=\\S)")).flatMap(row -> {
            var cells = Arrays.stream(row.split("\\|")).map(String::strip).toList();
            return CheckedCloud.called(cells.getFirst())
                    .map(source ->
                            Arguments.of(source, CheckedFault.valueOf(cells.get(1)), cells.subList(2, cells.size())));
        });
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("rows")
    void aFaultIsNamedWithWhoMustAct(CheckedCloud source, CheckedFault fault, List<String> expected)
            throws IOException {
        fault.befall(cloud);

        var cli = Cli.run("check", "--config", config(source, fault).toString());

        assertThat(cli.exitCode()).as(cli.out()).isEqualTo(3);
        assertThat(cli.out().lines().filter(line -> line.startsWith("failed")))
                .singleElement()
                .asString()
                .contains("  prod  ")
                .contains(expected);
        assertThat(cli.out() + cli.err())
                .doesNotContain(
                        CheckedCloud.SECRET,
                        CheckedCloud.ACCESS,
                        fault.written().getOrDefault("SECRET", "***!"));
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsNamedWhereNothingIsWrong(CheckedCloud source) throws IOException {
        var cli = Cli.run("check", "--config", config(source, CheckedFault.NONE).toString());

        assertThat(cli.exitCode()).as(cli.out()).isZero();
        assertThat(cli.out()).contains("instances 1, backups of the first 1").doesNotContain("failed");
    }

    @ParameterizedTest
    @EnumSource
    void everySourceHasARowForEveryFaultThatItCanHave(CheckedCloud source) {
        var named = rows().filter(row -> row.get()[0] == source).map(row -> (CheckedFault) row.get()[1]);

        assertThat(named).containsAll(source.possibleFaults());
    }

    @Test
    void everyPermissionThatIsAskedForIsDocumented() throws IOException {
        var permissions = Pattern.compile("grant (?:the system policy )?(\\S+) to")
                .matcher(ROWS)
                .results()
                .map(found -> "`" + found.group(1) + "`")
                .toList();

        assertThat(permissions).hasSize(12);
        assertThat(Files.readString(Path.of("docs/providers.md"))).contains(permissions);
    }

    @Test
    void jsonTellsTheSame() throws IOException {
        var config = config(CheckedCloud.HUAWEI_DCS, CheckedFault.WRONG_SECRET);

        var cli = Cli.run("check", "--json", "--config", config.toString());

        var json = JsonMapper.shared().readTree(cli.out());
        assertThat(cli.exitCode()).isEqualTo(3);
        assertThat(json.path("exitCode").intValue()).isEqualTo(3);
        assertThat(json.path("findings").valueStream())
                .filteredOn(finding -> text(finding, "verdict").equals("failed"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(text(finding, "area")).isEqualTo("provider");
                    assertThat(text(finding, "subject")).isEqualTo("prod");
                    assertThat(text(finding, "problem")).isEqualTo("wrong-secret");
                    assertThat(text(finding, "what")).isEqualTo("the secret key is not the one of the access key");
                    assertThat(text(finding, "who")).isEqualTo("operator");
                    assertThat(text(finding, "how")).isEqualTo("correct sources[0].credentials.secret-key");
                    assertThat(text(finding.path("keys"), 0)).isEqualTo("sources[0].credentials.secret-key");
                    assertThat(text(finding, "said")).contains("HTTP 401 APIGW.0301");
                });
        assertThat(cli.out()).doesNotContain("the-secret-of");
    }

    @Test
    void aCredentialThatWasRefusedIsNotTriedForTheNextSource() throws IOException {
        var config = config(CheckedCloud.HUAWEI_DCS, CheckedFault.WRONG_SECRET);
        var twice = Files.readString(config);
        var source = twice.substring(twice.indexOf("  - name: prod"));
        Files.writeString(config, twice + source.replace("name: prod", "name: second"));

        var cli = Cli.run("check", "--config", config.toString());

        assertThat(cli.out()).contains("not tried: its credential was refused for prod; operator: mend prod first");
        assertThat(cloud.journal().requests()).hasSize(1);
    }

    /** v2's refusals are the same to the letter. */
    @Test
    void twoCredentialsThatAreBothWrongAreBothNamed() throws IOException {
        var config = config(CheckedCloud.TENCENT_CRS_V2, CheckedFault.WRONG_KEY);
        var text = Files.readString(config);
        var source = text.substring(text.indexOf("  - name: prod"));
        Files.writeString(
                config, text + source.replace("name: prod", "name: second").replace("AKIDNOBODY", "AKIDNOONES"));

        assertThat(Cli.run("check", "--config", config.toString()).out())
                .contains("sources[0].credentials.access-key", "sources[1].credentials.access-key");
    }

    /** Nobody has told the time, so nothing is said of the clock. */
    @Test
    void aClockThatNobodyComparedIsNotCalledRight() throws IOException {
        var config = config(CheckedCloud.TENCENT_CRS, CheckedFault.REFUSED_PORT);

        assertThat(Cli.run("check", "--config", config.toString()).out()).doesNotContain("clock");
    }

    /** Links of v2 may need an export, those of OceanBase a task: neither is begun for a look. */
    @ParameterizedTest
    @EnumSource(names = {"TENCENT_CRS_V2", "ALIYUN_OCEANBASE"})
    void nothingIsExportedForALook(CheckedCloud source) throws IOException {
        var config = config(source, CheckedFault.NO_LINKS);
        CheckedFault.NO_LINKS.befall(cloud);

        assertThat(Cli.run("check", "--config", config.toString()).exitCode()).isZero();
    }

    @Test
    void whereOneOfTwoInstancesIsMissingTheOtherIsBroughtHome() throws IOException {
        var config = config(CheckedCloud.ALIYUN_OCEANBASE, CheckedFault.MISSING_INSTANCE);
        Files.writeString(config, Files.readString(config).replace("[nobody", "[ob317v4uif0001, nobody"));

        assertThat(Cli.run("check", "--config", config.toString()).out())
                .contains(
                        "no instance nobody-knows-it; operator: correct sources[0].instances; the other instances are");
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString();
    }

    private static String text(JsonNode node, int index) {
        return node.path(index).asString();
    }

    private Path config(CheckedCloud source, CheckedFault fault) throws IOException {
        var values = new HashMap<>(Map.of(
                "ACCESS", CheckedCloud.ACCESS,
                "SECRET", CheckedCloud.SECRET,
                "LOGIN", CheckedCloud.LOGIN,
                "PROJECT", CheckedCloud.PROJECT,
                "REGION", CheckedCloud.REGION,
                "INSTANCES", "all",
                "TOKEN", "",
                "ENDPOINT", cloud.endpoint().toString(),
                "IAM", cloud.endpoint().toString()));
        values.putAll(fault.written());
        values.computeIfPresent("ENDPOINT", (word, written) -> atHome(written));
        var text = """
                state-dir: state
                admin: {listen: "127.0.0.1:0"}
                database: {url: "%s", user: "%s", password: "%s"}
                archives:
                  - {name: nas, type: filesystem, directory: archive}
                sources:
                %s""".formatted(database.url(), database.user(), database.password(), source.source(values));
        return Files.writeString(folder.resolve("backhaul.yaml"), text);
    }

    private String atHome(String endpoint) {
        return endpoint.replace("PAGES", pages.address())
                .replace("SECURE", pages.secureAddress())
                .replace("TLSLESS", cloud.endpoint().toString().replace("http:", "https:"));
    }
}
