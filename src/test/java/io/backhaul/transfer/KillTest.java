package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.SignedUrl;
import io.backhaul.config.HostPattern;
import io.backhaul.transfer.FetchOutcome.Complete;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KillTest extends TransferTestBase {
    private static final int TOTAL = 24 << 20;
    private static final int SENT = 20 << 20;
    private static final int WORTH_KILLING = 8 << 20;

    /** The process to be killed: says so once all that the store sends has been written. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) {
            var seen = new long[1];
            var rules = new TargetRules(List.of(new HostPattern(args[1])));
            try (var downloader = new Downloader(settings(Duration.ofSeconds(60), null), Clock.systemUTC())) {
                var staged = StagedFile.in(Path.of(args[2]), "dump.bin", "dump.bin");
                var report = downloader.fetch(new FetchRequest(
                        SignedUrl.of(args[0]),
                        Instant.MAX,
                        staged,
                        rules,
                        null,
                        bytes -> {
                            seen[0] += bytes;
                            if (seen[0] == SENT) {
                                System.out.println("all written");
                            }
                        },
                        new DiskRoom(Path.of(args[2]))));
                System.out.println(report);
            }
        }
    }

    @Test
    void aKilledProcessGoesOnFromItsLastSyncAndTheFileIsRight() throws Exception {
        var object = bytes(TOTAL);
        var killed = new CountDownLatch(1);
        store.then(out -> {
            out.write(("HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: " + TOTAL + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(object, 0, SENT);
            out.flush();
            try {
                killed.await(100, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new java.io.IOException(e);
            }
        });

        killWhenAllIsWritten();
        killed.countDown();

        var kept = (int) staged().kept().bytes();
        assertThat(kept).isBetween(WORTH_KILLING, SENT);
        // written but not counted: as likely as not to be rubbish after a loss of power, so make it so
        assertThat(Files.size(part())).isEqualTo(SENT);
        try (var file = Files.newByteChannel(part(), java.nio.file.StandardOpenOption.WRITE)) {
            file.position(kept).write(java.nio.ByteBuffer.allocate(SENT - kept));
        }
        store.then(ScriptedStore.answer(
                "206 Partial Content",
                Arrays.copyOfRange(object, kept, TOTAL),
                "ETag: \"one\"",
                "Content-Range: bytes " + kept + "-" + (TOTAL - 1) + "/" + TOTAL));

        assertThat(fetch().outcome()).isInstanceOf(Complete.class);
        assertThat(store.last().header("Range")).isEqualTo("bytes=" + kept + "-");
        assertThat(whole()).hasBinaryContent(object);
    }

    private void killWhenAllIsWritten() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        request().link().reveal(),
                        "127.0.0.1:" + store.port(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var line = out.readLine();
            while (line != null && !line.equals("all written")) {
                line = out.readLine();
            }
            assertThat(line).isEqualTo("all written");
            // synced at the latest two seconds after it was written
            while (staged().kept().bytes() < WORTH_KILLING) {
                Thread.onSpinWait();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
