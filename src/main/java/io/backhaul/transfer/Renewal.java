package io.backhaul.transfer;

import io.backhaul.backup.SignedUrl;
import java.time.Instant;
import java.util.Optional;

/** Where a fetch gets another link to the same object, when its own is too old for one more request. */
@FunctionalInterface
public interface Renewal {
    /** There is no other link. */
    Renewal NONE = Optional::empty;

    /**
     * Another link.
     *
     * @param usableUntil when it gets too old for another request, by our clock
     */
    record Renewed(SignedUrl link, Instant usableUntil) {}

    /**
     * Asked when one more stream is wanted, while others bring bytes; may take as long as a provider takes to answer.
     *
     * @return empty when there is none now: the fetch goes on with the streams that it has, and does not ask again
     */
    Optional<Renewed> renew();
}
