package io.backhaul.cli;

import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.CrsBackup;
import io.backhaul.simulator.CrsInstance;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.DcsInstance;
import io.backhaul.simulator.GesBackup;
import io.backhaul.simulator.GesGraph;
import io.backhaul.simulator.OceanBaseBackup;
import io.backhaul.simulator.OceanBaseInstance;
import io.backhaul.simulator.SimulatedCloud;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A provider and a form of its credentials, as an operator writes it; words in capitals stand for values. Another one is
 * a constant here and its rows in {@link CheckNamesTest}.
 */
enum CheckedCloud {
    HUAWEI_DCS("""
            provider: huawei-dcs
            endpoint: ENDPOINT
            project-id: PROJECT
            credentials: {access-key: ACCESS, secret-key: SECRET TOKEN}
            instances: INSTANCES
            """),
    HUAWEI_DCS_USER("""
            provider: huawei-dcs
            endpoint: ENDPOINT
            project-id: PROJECT
            credentials: {user: LOGIN, password: SECRET, domain: acme, iam-endpoint: IAM}
            instances: INSTANCES
            """),
    HUAWEI_GES("""
            provider: huawei-ges
            endpoint: ENDPOINT
            region: REGION
            credentials: {access-key: ACCESS, secret-key: SECRET TOKEN, iam-endpoint: IAM}
            instances: INSTANCES
            """),
    HUAWEI_GES_USER("""
            provider: huawei-ges
            endpoint: ENDPOINT
            region: REGION
            credentials: {user: LOGIN, password: SECRET, domain: acme, iam-endpoint: IAM}
            instances: INSTANCES
            """),
    TENCENT_CRS("""
            provider: tencent-crs
            endpoint: ENDPOINT
            region: REGION
            credentials: {access-key: ACCESS, secret-key: SECRET TOKEN}
            instances: INSTANCES
            """),
    TENCENT_CRS_V2("""
            provider: tencent-crs
            api: v2
            endpoint: ENDPOINT
            region: REGION
            credentials: {access-key: ACCESS, secret-key: SECRET TOKEN}
            instances: INSTANCES
            """),
    ALIYUN_OCEANBASE("""
            provider: aliyun-oceanbase
            endpoint: ENDPOINT
            credentials: {access-key: ACCESS, secret-key: SECRET TOKEN}
            instances: INSTANCES
            """);

    static final String ACCESS = "AKIDOFTHEOPERATOR001";
    static final String SECRET = "the-secret-of-the-operator";
    static final String LOGIN = "backhaul";
    static final String PROJECT = "0123456789abcdef0123456789abcdef";
    static final String REGION = "ap-guangzhou";

    private static final String DCS = "i-1";
    private static final String GES = "g-1";
    private static final String CRS = "crs-1";
    private static final String OCEANBASE = "ob317v4uif0001";

    private final String source;

    CheckedCloud(String source) {
        this.source = source;
    }

    /** As rows call it: {@code huawei-dcs-user}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those that are called so, with blanks between, or all. */
    static Stream<CheckedCloud> called(String words) {
        var wanted = List.of(words.split(" +"));
        return Arrays.stream(values()).filter(one -> words.equals("all") || wanted.contains(one.word()));
    }

    /** What an operator can get wrong: a word for it has to be there. */
    List<CheckedFault> possibleFaults() {
        return Arrays.stream(CheckedFault.values())
                .filter(fault -> fault != CheckedFault.NONE)
                .filter(fault -> fault.written().isEmpty()
                        || fault.written().keySet().stream().anyMatch(source::contains))
                .filter(fault -> fault != CheckedFault.NO_LINKS || isAskedForLinks())
                .toList();
    }

    /** Not where links may need something to be made first, which is not begun for a look. */
    boolean isAskedForLinks() {
        return this != TENCENT_CRS_V2 && this != ALIYUN_OCEANBASE;
    }

    /** A source called {@code prod}, with these values for the words in capitals. */
    String source(Map<String, String> values) {
        var text = new StringBuilder();
        var words = Pattern.compile("[A-Z]{3,}").matcher(source);
        while (words.find()) {
            words.appendReplacement(text, Matcher.quoteReplacement(values.get(words.group())));
        }
        words.appendTail(text);
        return "  - name: prod\n" + text.toString().indent(4);
    }

    /** One instance with one backup of every product, and the user. */
    static void fill(SimulatedCloud cloud) {
        var made = Clock.systemUTC().instant().minus(Duration.ofHours(1));
        var files = List.of(BackupFile.of("dump.rdb", Content.text("REDIS")));
        cloud.iam().addUser(LOGIN, SECRET, "acme");
        cloud.dcs().add(DcsInstance.masterStandby(DCS, "cache", "6.0", 4));
        cloud.dcs().add(DCS, DcsBackup.of("b-1", made, files));
        cloud.ges().add(GesGraph.running(GES, "roads"));
        cloud.ges().add(GES, GesBackup.of("b-2", made, files));
        cloud.crs().add(CrsInstance.standard(CRS, "cache", 1024));
        cloud.crs().add(CRS, CrsBackup.of("b-3", made, files));
        cloud.oceanbase().add(OceanBaseInstance.online(OCEANBASE, "orders", 200));
        cloud.oceanbase().add(OCEANBASE, OceanBaseBackup.of("b-4", made, files));
    }

    /** The user is still there, and nothing else. */
    static void empty(SimulatedCloud cloud) {
        cloud.dcs().removeInstance(DCS);
        cloud.ges().removeGraph(GES);
        cloud.crs().removeInstance(CRS);
        cloud.oceanbase().removeInstance(OCEANBASE);
    }
}
