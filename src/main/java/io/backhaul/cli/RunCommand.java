package io.backhaul.cli;

import io.backhaul.app.Daemon;
import io.backhaul.pipeline.PipelineEvents;
import java.time.Clock;
import java.util.concurrent.Callable;
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

    @Option(names = "--progress", description = "Show live progress on the terminal.")
    private boolean progress;

    @Override
    public Integer call() throws InterruptedException {
        var configuration = config.read();
        var stopper = Stopper.install();
        var view = progress ? ProgressView.start(System.out) : null;
        try {
            var listener = view == null ? PipelineEvents.NONE : view;
            var daemon = Daemon.start(configuration, Clock.systemUTC(), listener, stopper.asked());
            try {
                stopper.asked().await();
            } finally {
                daemon.close();
            }
        } finally {
            if (view != null) {
                view.close();
            }
            stopper.finished();
        }
        return ExitCode.DONE.number();
    }
}
