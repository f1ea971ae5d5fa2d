package io.backhaul.cli;

import io.backhaul.app.OpenCatalog;
import io.backhaul.catalog.Histories;
import io.backhaul.catalog.Histories.BackupRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one backup with its files, copies, and the history of every link and every attempt.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BACKUP", description = "The provider's backup id, or source/instance/backup.")
    private String backup = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Everything the catalog knows of one backup. */
    private record Story(
            BackupRow backup,
            List<Histories.FileRow> files,
            List<Histories.CopyRow> copies,
            List<Histories.LinkRow> links,
            List<Histories.AttemptRow> attempts) {}

    @Override
    public Integer call() {
        try (var open = OpenCatalog.of(config.readForCatalog())) {
            open.catalog().requireMigrated();
            var story = story(open.catalog().histories());
            var out = spec.commandLine().getOut();
            out.println(json ? Json.text(json(story)) : text(story));
            out.flush();
        }
        return ExitCode.DONE.number();
    }

    private Story story(Histories histories) {
        var row = BackupWord.one(histories, backup);
        return new Story(
                row, histories.files(row), histories.copies(row), histories.links(row), histories.attempts(row));
    }

    private static String text(Story story) {
        var row = story.backup();
        var head = new Table("backup", row.backup().toString())
                .row("instance", row.instanceName())
                .row("state", row.state().label() + " since " + Times.text(row.stateSince()))
                .row("reason", row.reason())
                .row("made", Times.text(row.createdAt()))
                .row("size", Objects.toString(row.size(), "unknown"))
                .row("deadline", Times.text(row.deadline(), "unknown"));
        return String.join(
                "\n", head.toString(), "", files(story), "", copies(story), "", links(story), "", attempts(story));
    }

    private static String files(Story story) {
        var table = new Table("FILE", "BYTES", "SHA-256", "VERIFIED");
        story.files()
                .forEach(file -> table.row(
                        file.storedName(),
                        Objects.toString(Json.bytes(file.size()), "unknown"),
                        Objects.toString(file.sha256(), ""),
                        Times.text(file.verifiedAt(), "")));
        return table.toString();
    }

    private static String copies(Story story) {
        var table = new Table("ARCHIVE", "LOCATION", "BYTES", "ARCHIVED");
        story.copies()
                .forEach(copy -> table.row(
                        copy.archive(), copy.location(), "" + copy.size().bytes(), Times.text(copy.archivedAt())));
        return table.toString();
    }

    private static String links(Story story) {
        var table = new Table("LINK", "GRANT", "FILE", "STATE", "ISSUED", "EXPIRES", "FROM", "ENDED", "WHY");
        story.links()
                .forEach(link -> table.row(
                        "" + link.id(),
                        "" + link.grant(),
                        link.file(),
                        link.state(),
                        Times.text(link.issuedAt()),
                        Times.text(link.expiresAt()),
                        link.expiryOrigin(),
                        Times.text(link.endedAt(), ""),
                        link.endReason()));
        return table.toString();
    }

    private static String attempts(Story story) {
        var table = new Table(
                "ATTEMPT", "LINK", "FILE", "NODE", "STARTED", "ENDED", "OUTCOME", "FROM", "BYTES", "HTTP", "RETRY",
                "DETAIL");
        story.attempts()
                .forEach(attempt -> table.row(
                        "" + attempt.id(),
                        "" + attempt.link(),
                        attempt.file(),
                        attempt.node(),
                        Times.text(attempt.startedAt()),
                        Times.text(attempt.endedAt(), ""),
                        Objects.toString(attempt.outcome(), "running"),
                        "" + attempt.fromByte(),
                        "" + attempt.moved().bytes(),
                        attempt.httpStatus() == 0 ? "" : "" + attempt.httpStatus(),
                        Times.text(attempt.retryAt(), ""),
                        attempt.detail()));
        return table.toString();
    }

    private static Map<String, @Nullable Object> json(Story story) {
        var fields = Json.object();
        ListCommand.json(story.backup()).forEach(fields::plain);
        return fields.plain("given", story.backup().given())
                .plain("files", story.files().stream().map(ShowCommand::json).toList())
                .plain("copies", story.copies().stream().map(ShowCommand::json).toList())
                .plain("links", story.links().stream().map(ShowCommand::json).toList())
                .plain(
                        "attempts",
                        story.attempts().stream().map(ShowCommand::json).toList())
                .asMap();
    }

    private static Map<String, @Nullable Object> json(Histories.FileRow file) {
        return Json.object()
                .text("givenName", file.givenName())
                .text("storedName", file.storedName())
                .plain("bytes", Json.bytes(file.size()))
                .text("sha256", file.sha256())
                .text("verifiedAt", file.verifiedAt())
                .asMap();
    }

    private static Map<String, @Nullable Object> json(Histories.CopyRow copy) {
        return Json.object()
                .text("archive", copy.archive())
                .text("location", copy.location())
                .plain("bytes", copy.size().bytes())
                .text("archivedAt", copy.archivedAt())
                .text("verifiedAt", copy.verifiedAt())
                .asMap();
    }

    private static Map<String, @Nullable Object> json(Histories.LinkRow link) {
        return Json.object()
                .plain("id", link.id())
                .plain("grant", link.grant())
                .text("file", link.file())
                .text("state", link.state())
                .text("issuedAt", link.issuedAt())
                .text("expiresAt", link.expiresAt())
                .text("expiryOrigin", link.expiryOrigin())
                .text("location", link.location())
                .text("endedAt", link.endedAt())
                .text("endReason", link.endReason())
                .asMap();
    }

    private static Map<String, @Nullable Object> json(Histories.AttemptRow attempt) {
        return Json.object()
                .plain("id", attempt.id())
                .plain("link", attempt.link())
                .text("file", attempt.file())
                .text("node", attempt.node())
                .text("startedAt", attempt.startedAt())
                .text("endedAt", attempt.endedAt())
                .text("outcome", attempt.outcome())
                .plain("fromByte", attempt.fromByte())
                .plain("bytes", attempt.moved().bytes())
                .plain("httpStatus", attempt.httpStatus() == 0 ? null : attempt.httpStatus())
                .text("retryAt", attempt.retryAt())
                .text("detail", attempt.detail())
                .asMap();
    }
}
