package io.backhaul.ops;

import io.backhaul.backup.ArchiveState;
import io.backhaul.backup.BackupState;
import io.backhaul.catalog.ArchiveStates;
import io.backhaul.catalog.Reports;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The plain page at {@code /}: sources, counts by state, the newest archived backups, the next deadlines. */
public final class StatusPage {
    private static final int DEADLINES = 20;

    private final Reports reports;
    private final ArchiveStates archives;
    private final Clock clock;
    private final String version;

    public StatusPage(Reports reports, ArchiveStates archives, Clock clock, String version) {
        this.reports = reports;
        this.archives = archives;
        this.clock = clock;
        this.version = version;
    }

    /** The page as it is now. */
    public String render() {
        var now = clock.instant();
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <meta http-equiv="refresh" content="15">
                <title>Backhaul</title>
                <style>
                body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #222 }
                h1 { font-size: 1.4rem; margin-bottom: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
                section { overflow-x: auto } p { margin: 0 }
                table { border-collapse: collapse; min-width: 100% }
                th, td { text-align: left; padding: .3rem 1.5rem .3rem 0; border-bottom: 1px solid #ddd; vertical-align: top }
                th { color: #666; font-weight: 400 } th, td { overflow-wrap: anywhere }
                th.number, td.number { text-align: right; padding-right: .75rem; font-variant-numeric: tabular-nums }
                .bad { color: #b00020; font-weight: 600 } .quiet { color: #888 }
                </style>
                </head>
                <body>
                <h1>Backhaul</h1>
                """
                + "<p class=\"quiet\">version " + escape(version) + " · " + now.truncatedTo(ChronoUnit.SECONDS)
                + "</p>\n"
                + sources(now)
                + archives(now)
                + newest(now)
                + deadlines(now)
                + "</body>\n</html>\n";
    }

    private String sources(Instant now) {
        var counts = reports.countsByState().stream()
                .collect(Collectors.toMap(row -> row.source() + " " + row.state(), Reports.StateCount::backups));
        var heads = Stream.concat(
                        Stream.of("source", "provider", "last listed").map(StatusPage::head),
                        Arrays.stream(BackupState.values()).map(state -> numberHead(state.label())))
                .toList();
        var rows = reports.sources().stream()
                .map(row -> Stream.concat(
                                Stream.of(cell(row.source().toString()), cell(row.provider()), listed(row, now)),
                                Arrays.stream(BackupState.values())
                                        .map(state -> count(counts, row.source() + " " + state, state)))
                        .toList())
                .toList();
        return table("Sources", heads, rows, "no source has been listed yet");
    }

    private String archives(Instant now) {
        var rows = archives.all().stream()
                .map(row -> List.of(
                        cell(row.archive()),
                        cell(row.node()),
                        row.state() == ArchiveState.OPEN
                                ? cell("open")
                                : "<td class=\"bad\">" + escape(row.detail()) + "</td>",
                        cell(ago(row.since(), now)),
                        number(Objects.toString(row.free(), "unknown"))))
                .toList();
        return table(
                "Archives",
                List.of(head("archive"), head("node"), head("state"), head("since"), numberHead("free")),
                rows,
                "no node has looked at one lately");
    }

    private static String listed(Reports.SourceRow row, Instant now) {
        var failure = row.lastFailure();
        return failure == null
                ? cell(ago(row.lastListedAt(), now))
                : "<td class=\"bad\">" + escape(ago(row.lastListedAt(), now) + "; fails: " + failure) + "</td>";
    }

    private static String count(Map<String, Long> counts, String key, BackupState state) {
        var count = counts.getOrDefault(key, 0L);
        return "<td class=\"number " + look(count, state) + "\">" + count + "</td>";
    }

    private static String look(long count, BackupState state) {
        if (count == 0) {
            return "quiet";
        }
        return state == BackupState.GONE || state == BackupState.FAILED ? "bad" : "";
    }

    private String newest(Instant now) {
        var rows = reports.instances().stream()
                .map(row -> List.of(
                        cell(row.source().toString()),
                        cell(row.instance().toString()),
                        cell(row.name()),
                        cell(ago(row.newestArchived(), now)),
                        cell(ago(row.newestAtProvider(), now))))
                .toList();
        return table(
                "Newest backup of each instance",
                Stream.of("source", "instance", "name", "archived", "at the provider")
                        .map(StatusPage::head)
                        .toList(),
                rows,
                "no instance has been seen yet");
    }

    private String deadlines(Instant now) {
        var rows = reports.nextDeadlines(DEADLINES).stream()
                .map(row -> List.of(
                        cell(row.backup().toString()),
                        cell(row.state().label()),
                        number(Objects.toString(row.size(), "unknown")),
                        cell(in(row.deadline(), now))))
                .toList();
        return table(
                "Next deadlines",
                List.of(head("backup"), head("state"), numberHead("size"), head("deadline")),
                rows,
                "no unfinished backup has a deadline");
    }

    private static String table(String title, List<String> heads, List<List<String>> rows, String ifEmpty) {
        if (rows.isEmpty()) {
            return "<h2>" + title + "</h2>\n<p class=\"quiet\">" + ifEmpty + "</p>\n";
        }
        var body = rows.stream()
                .map(row -> "<tr>" + String.join("", row) + "</tr>\n")
                .collect(Collectors.joining());
        return "<h2>" + title + "</h2>\n<section><table>\n<tr>" + String.join("", heads) + "</tr>\n" + body
                + "</table></section>\n";
    }

    private static String head(String name) {
        return "<th>" + name + "</th>";
    }

    private static String numberHead(String name) {
        return "<th class=\"number\">" + name + "</th>";
    }

    private static String number(String text) {
        return "<td class=\"number\">" + escape(text) + "</td>";
    }

    private static String cell(String text) {
        return "<td>" + escape(text) + "</td>";
    }

    private static String ago(@Nullable Instant instant, Instant now) {
        return instant == null ? "never" : rough(Duration.between(instant, now)) + " ago";
    }

    private static String in(Instant instant, Instant now) {
        return instant.isAfter(now) ? "in " + rough(Duration.between(now, instant)) : "passed " + ago(instant, now);
    }

    private static String rough(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toSeconds() + " s";
    }

    /** Names come from providers: they are text, never markup. */
    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
