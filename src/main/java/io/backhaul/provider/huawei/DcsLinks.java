package io.backhaul.provider.huawei;

import io.backhaul.backup.CheckResult;
import io.backhaul.backup.Grant;
import io.backhaul.backup.OfferedFile;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LinkExpiry;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.LinksOutcome.Granted;
import io.backhaul.provider.Provider;
import io.backhaul.provider.Setback.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The answer of DCS's links call (huawei.md 2.1): neither sizes nor expiries, so the link itself must tell. */
final class DcsLinks {
    /** An answer holds no more; what happens to a backup of more files is not documented. */
    static final int MOST_LINKS = 64;

    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(1);

    private DcsLinks() {}

    /** The validity as DCS takes it: whole seconds, five minutes to a day. */
    static Duration fitted(Duration validity) {
        if (validity.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return validity.compareTo(LONGEST) > 0 ? LONGEST : Duration.ofSeconds(validity.toSeconds());
    }

    /** All of a backup's links, or none: where the names tell slots, a hole among them is a file that is missing. */
    static LinksOutcome read(Fields answer, String asked, Instant issuedAt, Duration validity) {
        var outcome = new HuaweiLinks(
                        "links", "file_name", "link", (file, link) -> LinkExpiry.of(link, issuedAt, validity))
                .read(answer, asked, issuedAt);
        return outcome instanceof Granted granted
                ? hole(granted.grant())
                        .<LinksOutcome>map(slots -> new Unavailable(asked + ": the shards are not whole, "
                                + granted.grant().files().size() + " files and none with the slots " + slots))
                        .orElse(outcome)
                : outcome;
    }

    /** Tells whether files may be missing behind the last link that an answer has room for. */
    static boolean mayBeCut(Grant grant) {
        return grant.files().size() >= MOST_LINKS && SlotRanges.of(names(grant)).isEmpty();
    }

    /** What the names of a backup's files say of its being whole; nothing of a single file, which has no shards. */
    static Optional<CheckResult> completeness(List<String> names) {
        var slots = SlotRanges.of(names);
        if (slots.isPresent()) {
            return Optional.of(
                    slots.get().areWhole()
                            ? CheckResult.passed(
                                    Provider.COMPLETENESS,
                                    names.size() + " files hold the slots 0-" + (SlotRanges.SLOTS - 1))
                            : CheckResult.failed(
                                    Provider.COMPLETENESS,
                                    "no file holds the slots " + slots.get().firstHole()));
        }
        if (names.size() >= MOST_LINKS) {
            return Optional.of(CheckResult.unverified(
                    Provider.COMPLETENESS,
                    "as many links came as an answer can hold, " + names.size()
                            + ": the provider may have cut the list"));
        }
        return names.size() == 1
                ? Optional.empty()
                : Optional.of(CheckResult.unverified(
                        Provider.COMPLETENESS, "the names of the " + names.size() + " files tell no slots"));
    }

    private static Optional<String> hole(Grant grant) {
        return SlotRanges.of(names(grant)).filter(slots -> !slots.areWhole()).map(SlotRanges::firstHole);
    }

    private static List<String> names(Grant grant) {
        return grant.files().stream().map(OfferedFile::name).toList();
    }
}
