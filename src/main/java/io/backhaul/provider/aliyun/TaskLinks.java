package io.backhaul.provider.aliyun;

import io.backhaul.backup.CheckResult;
import io.backhaul.config.Network;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.NetworkLinks;
import io.backhaul.provider.NetworkLinks.Offer;
import io.backhaul.provider.Provider;
import io.backhaul.provider.Setback.Unavailable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The files that a task has made (tencent-aliyun.md 2.3): in older answers one internal link, in newer ones
 * DownloadLinks, an object or a list of them, with numbered parts of a set that is worth nothing unless whole. Their size
 * comes without a unit, and is not read.
 */
final class TaskLinks {
    private final NetworkLinks links;
    private final ZoneOffset zone;

    /** @param zone of times without one */
    TaskLinks(Network network, ZoneOffset zone) {
        this.links = new NetworkLinks(network);
        this.zone = zone;
    }

    /** Tells whether there is a link to anything. */
    static boolean areIn(Fields task) {
        return rows(task).stream().map(TaskLinks::offer).anyMatch(offer -> !offer.isEmpty());
    }

    /** The links on our network; they may be dead already, as their expiry says. */
    LinksOutcome grant(Fields task, String asked, Instant issuedAt) {
        var life = TaskLinkLife.of(task, zone, issuedAt);
        return switch (offers(rows(task), asked)) {
            case Failed<List<Offer>> failed -> failed.why();
            case Got<List<Offer>> got -> links.grant(got.value(), asked, issuedAt, life::expiry);
        };
    }

    /** Several files are granted only when numbered from one on, without a hole; how many there should be nobody says. */
    static CheckResult completeness(int files) {
        return files == 1
                ? CheckResult.unverified(Provider.COMPLETENESS, "one file; the provider does not say of how many")
                : CheckResult.passed(Provider.COMPLETENESS, "the parts are numbered from 1 to " + files);
    }

    private static List<Fields> rows(Fields task) {
        return task.list("DownloadLinks")
                .filter(list -> !list.isEmpty())
                .or(() -> task.object("DownloadLinks")
                        .filter(one -> !one.isEmpty())
                        .map(List::of))
                .orElse(List.of(task));
    }

    private static Offer offer(Fields row) {
        return new Offer(
                row.text("FileName").orElse(""),
                null,
                row.text("Url").orElse(""),
                row.text("InternalUrl").orElse(""));
    }

    /** In the order of their numbers, which must be all from one on; a single file may go without. */
    private static Asked<List<Offer>> offers(List<Fields> rows, String asked) {
        var numbered = rows.stream().filter(row -> number(row).isPresent()).toList();
        if (rows.size() == 1 && numbered.isEmpty()) {
            return new Got<>(List.of(offer(rows.getFirst())));
        }
        var numbers = numbered.stream()
                .mapToLong(row -> number(row).orElseThrow())
                .sorted()
                .toArray();
        if (!Arrays.equals(numbers, LongStream.rangeClosed(1, rows.size()).toArray())) {
            return Asked.failed(new Unavailable(asked + ": the parts are not whole, " + rows.size() + " with numbers "
                    + LongStream.of(numbers).mapToObj(String::valueOf).collect(Collectors.joining(", ", "[", "]"))));
        }
        return new Got<>(numbered.stream()
                .sorted(Comparator.comparingLong(row -> number(row).orElseThrow()))
                .map(TaskLinks::offer)
                .toList());
    }

    private static OptionalLong number(Fields row) {
        return row.number("PartId");
    }
}
