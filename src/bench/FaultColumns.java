import io.backhaul.backup.BackupId;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.huawei.HuaweiCredential;
import io.backhaul.provider.huawei.HuaweiDcs;
import io.backhaul.provider.huawei.HuaweiProject;
import io.backhaul.provider.huawei.HuaweiSettings;
import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.DcsInstance;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultOrder;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.SimulatedCloud;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What download tools make of a store's faults, for {@code faults.sh}. A first link breaks after 3 MiB of 12; then the
 * tool goes on with a new link of the same file, as its manual says, and the store strikes once. Up to three times. A
 * tool that ends with exit code 0 and another file than the store's has made a wrong one.
 *
 * <p>Words: the launcher of Backhaul; a working folder; the tools that are installed.
 */
final class FaultColumns {
    private static final String NAME = "dump.bin";
    private static final FaultTarget FILE = FaultTarget.file(NAME);
    private static final int TRIES = 3;
    private static final int PATIENCE_SECONDS = 60;

    private static final Map<String, List<String>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("curl", List.of("curl", "-sSf", "-C", "-", "-o", NAME));
        COMMANDS.put("wget", List.of("wget", "-q", "-t", "1", "-c", "-O", NAME));
        COMMANDS.put(
                "aria2c",
                List.of("aria2c", "-q", "-c", "-m1", "-x4", "-s4", "-k1M", "--auto-file-renaming=false", "-o", NAME));
        COMMANDS.put("rclone", List.of("rclone", "copyurl", "--retries", "1", "--low-level-retries", "1"));
    }

    private static List<FaultOrder> faults() {
        var mib = 1L << 20;
        return List.of(
                Fault.NO_ANSWER.plain(),
                Fault.CONNECTION_CUT.with(mib),
                Fault.BODY_TRUNCATED.with(mib),
                Fault.LENGTH_SHORT.with(mib),
                Fault.LENGTH_MISSING.with(mib),
                Fault.XML_ERROR_WITH_200.plain(),
                Fault.HTML_PAGE_WITH_200.plain(),
                Fault.HTML_502.plain(),
                Fault.UNAVAILABLE.with(Duration.ZERO),
                Fault.LINK_EXPIRED_EARLY.plain(),
                Fault.CONTENT_RANGE_WRONG.with(4 * mib),
                Fault.CONTENT_RANGE_LYING.with(1),
                Fault.RANGE_IGNORED.plain(),
                Fault.OBJECT_SWAPPED.plain(),
                Fault.OBJECT_SWAPPED_WITHOUT_ETAG.plain(),
                Fault.BIT_FLIPPED.with(6 * mib));
    }

    private final String backhaul;
    private final Path folder;

    private FaultColumns(String backhaul, Path folder) {
        this.backhaul = backhaul;
        this.folder = folder;
    }

    public static void main(String[] words) throws Exception {
        var columns = new FaultColumns(words[0], Path.of(words[1]));
        var tools = new ArrayList<>(List.of("backhaul"));
        tools.addAll(Arrays.asList(words).subList(2, words.length));
        System.out.println(row("fault", tools));
        for (var fault : faults()) {
            var verdicts = new ArrayList<String>();
            for (var tool : tools) {
                verdicts.add(columns.verdict(tool, fault));
            }
            System.out.println(row(fault.fault().name(), verdicts));
        }
    }

    private static String row(String first, List<String> others) {
        var row = new StringBuilder("%-30s".formatted(first));
        others.forEach(word -> row.append("%-14s".formatted(word)));
        return row.toString().stripTrailing();
    }

    private String verdict(String tool, FaultOrder fault) throws Exception {
        var home = Files.createTempDirectory(folder, tool);
        var clock = Clock.systemUTC();
        try (var cloud = new SimulatedCloud(CloudSettings.of("AK", "SK", "project", clock))) {
            cloud.start();
            cloud.dcs().add(DcsInstance.masterStandby("i", "orders", "5.0", 4));
            var file = BackupFile.of(NAME, Content.generated(7, 12 << 20));
            cloud.dcs().add("i", DcsBackup.of("b", clock.instant(), List.of(file)));
            cloud.faults().inject(Fault.CONNECTION_CUT.with(3 << 20), FILE, 1);
            cloud.faults().inject(Fault.LINK_EXPIRED_EARLY.plain(), FILE, 1);
            run(tool, home, link(cloud));
            cloud.faults().inject(fault, FILE, 1);
            var exitCode = -1;
            for (var attempt = 0; attempt < TRIES && exitCode != 0; attempt++) {
                exitCode = run(tool, home, link(cloud));
            }
            if (exitCode != 0) {
                return "fails (" + exitCode + ")";
            }
            return Arrays.equals(Files.readAllBytes(home.resolve(NAME)), truth(cloud)) ? "intact" : "WRONG FILE";
        }
    }

    private int run(String tool, Path home, String link) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (tool.equals("backhaul")) {
            command.add(backhaul);
            command.addAll(List.of("fetch", "--segments", "4", "--to", ".", link));
        } else {
            command.addAll(Objects.requireNonNull(COMMANDS.get(tool)));
            command.add(link);
            if (tool.equals("rclone")) {
                command.add(NAME);
            }
        }
        var process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(home.toFile(), "said.txt"))
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return 124;
        }
        return process.exitValue();
    }

    private static String link(SimulatedCloud cloud) {
        var settings = new HuaweiSettings(
                new SourceName("bench"),
                cloud.endpoint(),
                new HuaweiProject.Known("project"),
                new HuaweiCredential.Signing(AccessKey.permanent("AK", "SK")),
                null,
                new InstanceSelection.All(),
                Duration.ofDays(7));
        try (var provider = new HuaweiDcs(settings, ProviderRuntime.of(Clock.systemUTC(), System::nanoTime, "bench"))) {
            var outcome = provider.links(new InstanceId("i"), new BackupId("b"), Duration.ofHours(1));
            return ((LinksOutcome.Granted) outcome).grant().files().getFirst().link().reveal();
        }
    }

    private static byte[] truth(SimulatedCloud cloud) throws IOException {
        try (var in = URI.create(link(cloud)).toURL().openStream()) {
            return in.readAllBytes();
        }
    }
}
