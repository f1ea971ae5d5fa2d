package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;
import io.backhaul.backup.SignedUrl;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one fetch needs to know.
 *
 * @param usableUntil when the link gets too old for another request, by our clock
 * @param renewal where another comes from then
 * @param rules where the link and its redirects may lead
 * @param expectedSize the exact size where the provider states one, else null; an object of another size is not the file
 * @param room what may still be written
 * @param brake ends it before its time
 */
public record FetchRequest(
        SignedUrl link,
        Instant usableUntil,
        Renewal renewal,
        StagedFile staged,
        TargetRules rules,
        @Nullable ByteCount expectedSize,
        Progress progress,
        Room room,
        Brake brake) {
    /** A fetch on its own: with one link, and only its downloader stops it. */
    public FetchRequest(
            SignedUrl link,
            Instant usableUntil,
            StagedFile staged,
            TargetRules rules,
            @Nullable ByteCount expectedSize,
            Progress progress,
            Room room) {
        this(link, usableUntil, Renewal.NONE, staged, rules, expectedSize, progress, room, new Brake());
    }
}
