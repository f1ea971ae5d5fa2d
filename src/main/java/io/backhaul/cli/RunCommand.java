package io.backhaul.cli;

import io.backhaul.app.Daemon;
import io.backhaul.config.BackhaulConfig;
import io.backhaul.ops.ServiceManager;
import io.backhaul.pipeline.PipelineEvents;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the daemon until it is told to stop (SIGTERM or Ctrl-C).")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private LogOption log = new LogOption();

    @Option(names = "--progress", description = "Show live progress on the terminal.")
    private boolean progress;

    @Override
    public Integer call() throws InterruptedException {
        log.use();
        var configuration = config.read();
        return Stopper.run(asked -> run(configuration, asked));
    }

    private ExitCode run(BackhaulConfig configuration, CountDownLatch asked) throws InterruptedException {
        if (!progress) {
            return run(configuration, PipelineEvents.NONE, asked);
        }
        var view = ProgressView.start(System.out);
        try {
            return run(configuration, view, asked);
        } finally {
            view.close();
        }
    }

    private static ExitCode run(BackhaulConfig configuration, PipelineEvents listener, CountDownLatch asked)
            throws InterruptedException {
        var serviceManager = ServiceManager.of(System.getenv());
        var daemon = Daemon.start(configuration, Clock.systemUTC(), listener, serviceManager, asked);
        try {
            asked.await();
        } finally {
            daemon.close();
        }
        return ExitCode.DONE;
    }
}
