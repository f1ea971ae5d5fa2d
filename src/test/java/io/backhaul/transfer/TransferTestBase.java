package io.backhaul.transfer;

import io.backhaul.ManualClock;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.SignedUrl;
import io.backhaul.config.Bandwidth;
import io.backhaul.config.HostPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A scripted store, a downloader and a staging folder. */
abstract class TransferTestBase {
    static final String SECRET = "Sup3rSecretSignature%2B%3D";
    static final String QUERY = "?Expires=1795219575&AWSAccessKeyId=AKIDEXAMPLE99&Signature=" + SECRET;
    static final String DATE = "Last-Modified: Wed, 18 Nov 2026 10:00:00 GMT";

    @TempDir
    Path folder;

    final ManualClock clock = ManualClock.at("2026-11-21T00:00:00Z");
    final List<Long> moved = new ArrayList<>();
    ScriptedStore store;
    Downloader downloader;

    @BeforeEach
    void open() throws IOException {
        store = new ScriptedStore();
        downloader = new Downloader(settings(Duration.ofSeconds(20), null), clock);
    }

    @AfterEach
    void close() throws IOException {
        downloader.close();
        store.close();
    }

    static DownloadSettings settings(Duration stall, @Nullable Bandwidth bandwidth) {
        return new DownloadSettings(Duration.ofSeconds(5), stall, 1, bandwidth, "Backhaul/test");
    }

    static byte[] bytes(int count) {
        var bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    StagedFile staged() {
        return staged("dump.bin");
    }

    StagedFile staged(String name) {
        return StagedFile.in(staging(), name, name);
    }

    Path staging() {
        return folder;
    }

    Room room() {
        return new DiskRoom(staging());
    }

    Path part() {
        return folder.resolve(".dump.bin.part");
    }

    Path whole() {
        return folder.resolve("dump.bin");
    }

    TargetRules local() {
        return new TargetRules(List.of(new HostPattern("127.0.0.1:" + store.port())));
    }

    FetchRequest request() {
        return request("/bucket/dump.bin" + QUERY);
    }

    FetchRequest request(String target) {
        return new FetchRequest(
                SignedUrl.of(store.url(target)), Instant.MAX, staged(), local(), null, moved::add, room());
    }

    FetchReport fetch() {
        return downloader.fetch(request());
    }

    FetchReport fetch(String name) {
        return downloader.fetch(new FetchRequest(
                SignedUrl.of(store.url("/" + name + QUERY)),
                Instant.MAX,
                staged(name),
                local(),
                null,
                moved::add,
                room()));
    }

    FetchReport fetchExpecting(long size) {
        var request = request();
        return downloader.fetch(new FetchRequest(
                request.link(),
                Instant.MAX,
                request.staged(),
                request.rules(),
                new ByteCount(size),
                request.progress(),
                room()));
    }

    /** Leaves the first bytes of an object staged, as a cut connection does. */
    void stage(byte[] object, int kept, String... headers) {
        var beginning = java.util.Arrays.copyOf(object, kept);
        store.then(ScriptedStore.cut("200 OK", object.length, beginning, headers));
        var report = fetch();
        if (!(report.outcome() instanceof FetchOutcome.Cut)) {
            throw new AssertionError("wanted a cut: " + report);
        }
    }

    byte[] kept() throws IOException {
        return Files.readAllBytes(part());
    }
}
