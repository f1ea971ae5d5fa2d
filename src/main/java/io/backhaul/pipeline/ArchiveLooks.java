package io.backhaul.pipeline;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks at archives side by side. One that hangs, as a network mount whose server is away, keeps nobody from the others:
 * it counts as away until it answers, and is not asked again before.
 */
final class ArchiveLooks {
    private final Duration patience;
    /** Not virtual threads: a call that hangs would take a carrier with it. They end by themselves when nobody looks. */
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("archive-look-", 1).factory());

    private final Map<ArchiveRoom, CompletableFuture<Void>> underWay = new HashMap<>();

    /** @param patience how long an archive may take to answer */
    ArchiveLooks(Duration patience) {
        this.patience = patience;
    }

    /** Looks at all that have answered the look before. */
    synchronized void look(Collection<ArchiveRoom> rooms) {
        underWay.values().removeIf(CompletableFuture::isDone);
        var begun = rooms.stream()
                .filter(room -> !underWay.containsKey(room))
                .collect(
                        Collectors.toMap(Function.identity(), room -> CompletableFuture.runAsync(room::look, threads)));
        underWay.putAll(begun);
        CompletableFuture.allOf(begun.values().toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        begun.forEach((room, look) -> {
            if (!look.isDone()) {
                room.noteSilence();
            }
        });
    }
}
