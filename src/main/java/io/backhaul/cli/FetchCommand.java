package io.backhaul.cli;

import io.backhaul.app.LinkFetch;
import io.backhaul.app.LinkFetch.Result;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.CheckResult;
import io.backhaul.backup.SignedUrl;
import io.backhaul.backup.StoredFile;
import io.backhaul.config.Certificates;
import io.backhaul.config.Trust;
import io.backhaul.transfer.FetchOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = {
            "Fetches files over links that you have at hand, with the daemon's own engine and checks, and without its",
            "catalog. What does not come whole goes on the next time, over the same link or a new one of the same file.",
            "Links are secrets: on a command line others may see them, in a file (--input) or on a pipe they do not."
        })
final class FetchCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final Clock clock = Clock.systemUTC();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "URL", arity = "0..*", description = "Links, each to one file.")
    private List<String> urls = List.of();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "A file of links, one a line; - for the standard input. Empty lines and # lines do not count.")
    private @Nullable String input;

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "Where the files go; made when missing.")
    private Path folder = Path.of(".");

    @Option(
            names = "--segments",
            paramLabel = "N",
            defaultValue = "8",
            description = "The most connections of one file, 1 to 32 (default: ${DEFAULT-VALUE}).")
    private int segments = 8;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "4",
            description = "Files at once, 1 to 64 (default: ${DEFAULT-VALUE}).")
    private int concurrency = 4;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "PEM file of authorities to believe beside the system's.")
    private @Nullable Path authorities;

    @Option(names = "--overwrite", description = "Fetch files again that are there already.")
    private boolean overwrite;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        within("--segments", segments, 32);
        within("--concurrency", concurrency, 64);
        var links = links();
        var trust = trust();
        return Stopper.run(asked -> fetch(links, trust, asked));
    }

    private ExitCode fetch(List<SignedUrl> links, Trust trust, CountDownLatch asked) throws InterruptedException {
        var out = spec.commandLine().getOut();
        List<Result> results;
        try (var view = FetchView.start(links.size(), json ? null : out, clock);
                var fetch = new LinkFetch(folder, overwrite, segments, trust, view, clock)) {
            Thread.ofVirtual().start(() -> closeWhen(asked, fetch));
            results = fetch.fetch(links, concurrency);
        }
        if (json) {
            out.println(Json.text(results.stream().map(FetchCommand::asJson).toList()));
            out.flush();
        }
        return results.stream()
                .map(FetchCommand::exitCode)
                .max(ExitCode::compareTo)
                .orElse(ExitCode.DONE);
    }

    private static void closeWhen(CountDownLatch asked, LinkFetch fetch) {
        try {
            asked.await();
            fetch.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<SignedUrl> links() {
        var texts = new ArrayList<>(urls);
        if (input != null) {
            lines(input).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(texts::add);
        }
        if (texts.isEmpty()) {
            throw new UsageException("no link: give some as URL, or a file of them with --input");
        }
        var links = new ArrayList<SignedUrl>();
        for (var text : texts) {
            try {
                links.add(SignedUrl.of(text));
            } catch (IllegalArgumentException e) {
                throw new UsageException("link " + (links.size() + 1) + " of " + texts.size() + ": " + e.getMessage());
            }
        }
        return links;
    }

    private Trust trust() {
        if (authorities == null) {
            return Trust.ofSystem();
        }
        try {
            return Trust.with(Certificates.read(authorities));
        } catch (Certificates.Unusable e) {
            throw new UsageException("--ca-file " + authorities + " " + e.getMessage());
        }
    }

    private static List<String> lines(String file) {
        try {
            if (file.equals(STANDARD_INPUT)) {
                return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        .lines()
                        .toList();
            }
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw new UsageException("--input " + file + " cannot be read: " + e);
        }
    }

    private static void within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new UsageException(option + " " + value + " is not between 1 and " + most);
        }
    }

    private static ExitCode exitCode(Result result) {
        return switch (result) {
            case Result.Fetched fetched -> ExitCode.DONE;
            case Result.LeftAlone left -> ExitCode.DONE;
            case Result.Failed failed ->
                switch (failed.why()) {
                    case FetchOutcome.Damaged damaged -> ExitCode.LOST;
                    case FetchOutcome.NoRoom full -> ExitCode.ARCHIVE;
                    case FetchOutcome.DiskFault broken -> ExitCode.ARCHIVE;
                    case FetchOutcome.TargetRefused refused -> ExitCode.USAGE;
                    default -> ExitCode.PROVIDER;
                };
        };
    }

    private static Map<String, @Nullable Object> asJson(Result result) {
        return switch (result) {
            case Result.Fetched fetched -> asJson(fetched.file());
            case Result.LeftAlone left ->
                Json.object()
                        .text("name", left.name())
                        .text("result", "left-alone")
                        .asMap();
            case Result.Failed failed ->
                Json.object()
                        .text("name", failed.name())
                        .text("result", failed.why().asAttempt().label())
                        .text("detail", failed.why().detail())
                        .plain("keptBytes", failed.keptBytes())
                        .asMap();
        };
    }

    private static Map<String, @Nullable Object> asJson(StoredFile file) {
        return Json.object()
                .text("name", file.storedName())
                .text("result", "complete")
                .plain("bytes", Json.bytes(file.size()))
                .text("sha256", file.sha256())
                .text("etag", file.etag())
                .plain(
                        "checks",
                        file.checks().stream()
                                .map(check -> Json.object()
                                        .text("check", check.check())
                                        .text("verdict", check.verdict().label())
                                        .text("detail", check.detail())
                                        .asMap())
                                .toList())
                .asMap();
    }

    /** One line on a result, for people. */
    static String line(Result result) {
        return switch (result) {
            case Result.Fetched fetched ->
                "ok      " + fetched.file().storedName() + "  " + fetched.file().size() + "  sha256 "
                        + fetched.file().sha256() + "  " + verdicts(fetched.file());
            case Result.LeftAlone left -> "exists  " + left.name() + "  left as it is; --overwrite fetches it again";
            case Result.Failed failed ->
                "failed  " + failed.name() + "  " + failed.why().asAttempt().label() + ": "
                        + failed.why().detail() + kept(failed.keptBytes());
        };
    }

    private static String verdicts(StoredFile file) {
        return file.checks().stream()
                .map(check ->
                        check.check() + (check.verdict() == CheckResult.Verdict.PASSED ? " passed" : " unverified"))
                .collect(Collectors.joining(", "));
    }

    private static String kept(long bytes) {
        return bytes == 0 ? "" : "; " + new ByteCount(bytes) + " are kept, the next try goes on from there";
    }
}
