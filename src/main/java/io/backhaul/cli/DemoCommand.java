package io.backhaul.cli;

import io.backhaul.app.Demo;
import io.backhaul.catalog.Reports;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the whole product against four simulated clouds: lists the backups of six sources, asks for links",
            "that die within seconds, downloads, verifies and archives. Needs no account and no network."
        })
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--once", description = "End when everything is archived that can be had.")
    private boolean once;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "demo",
            description = "Folder for state and archive (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("demo");

    @Mixin
    private LogOption log = new LogOption();

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws InterruptedException {
        log.use();
        return Stopper.run(this::run);
    }

    private ExitCode run(CountDownLatch asked) throws InterruptedException {
        var view = ProgressView.start(out);
        try (var demo = Demo.start(folder, Clock.systemUTC(), view, asked)) {
            view.say("status page: " + demo.address());
            var settled = demo.awaitSettled(asked);
            view.close();
            if (!settled) {
                return ExitCode.DONE;
            }
            sayWhatHappened(demo);
            if (!once) {
                out.println("The daemon goes on; Ctrl-C ends it.");
                asked.await();
            }
            return demo.allHome() ? ExitCode.DONE : ExitCode.LOST;
        } finally {
            view.close();
        }
    }

    private void sayWhatHappened(Demo demo) {
        var config = folder.resolve("backhaul.yaml");
        out.println(closingTable(demo.catalog().reports().totals()));
        out.println();
        out.println("sets:     find " + folder.resolve("archive") + " -name manifest.json");
        out.println("verify:   cd into a set, sha256sum -c SHA256SUMS");
        out.println("history:  ./backhaul list --config " + config);
        out.println("          ./backhaul show --config " + config + " BACKUP");
    }

    private static String closingTable(List<Reports.Totals> sources) {
        var table = new Table(
                "SOURCE",
                "SETS",
                "GONE",
                "SKIPPED",
                "FILES",
                "BYTES",
                "LINKS ISSUED",
                "EXPIRED",
                "RENEWED",
                "ATTEMPTS");
        sources.forEach(totals -> table.row(row(totals.source().value(), totals)));
        return table.row(
                        row("all", sources.stream().reduce(Reports.Totals::plus).orElseThrow()))
                .toString();
    }

    private static String[] row(String name, Reports.Totals totals) {
        return new String[] {
            name,
            "" + totals.sets(),
            "" + totals.gone(),
            "" + totals.skipped(),
            "" + totals.files(),
            totals.bytes().toString(),
            "" + totals.linksIssued(),
            "" + totals.linksExpired(),
            "" + totals.linksRenewed(),
            "" + totals.attempts()
        };
    }
}
