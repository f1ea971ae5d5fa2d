package io.backhaul.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.TlsServer;
import io.backhaul.backup.Sha256;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.Fault;
import io.backhaul.transfer.FolderLock;
import io.backhaul.transfer.SimulatedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchTest {
    private static final byte[] OBJECT = object();

    @TempDir
    Path folder;

    private final SimulatedStore store =
            new SimulatedStore(ManualClock.at("2026-11-21T00:00:00Z"), Content.bytes(OBJECT));

    private static byte[] object() {
        var bytes = new byte[3 << 20];
        new Random(4).nextBytes(bytes);
        return bytes;
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Cli fetch(String... more) throws IOException {
        var list = Files.writeString(
                folder.resolve("links.txt"), "# today's\n\n" + store.link().reveal() + "\n");
        var words = new String[5 + more.length];
        System.arraycopy(new String[] {"fetch", "--to", home().toString(), "--input", list.toString()}, 0, words, 0, 5);
        System.arraycopy(more, 0, words, 5, more.length);
        var cli = Cli.run(words);
        assertThat(cli.out() + cli.err()).doesNotContain("Signature", "AccessKeyId");
        return cli;
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Path file() {
        return home().resolve(SimulatedStore.NAME);
    }

    @Test
    void aListOfLinksComesHomeVerifiedAndLeavesNothingElse() throws IOException {
        var cli = fetch();

        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out())
                .isEqualTo("ok      dump.bin  3.0 MiB  sha256 " + Sha256.of(OBJECT)
                        + "  length passed, etag-md5 passed\n");
        assertThat(file()).hasBinaryContent(OBJECT);
        assertThat(home()).isDirectoryNotContaining(path -> !path.equals(file()));
    }

    @Test
    void theResultIsThereAsJson() throws IOException {
        var cli = fetch("--json");

        assertThat(cli.out())
                .contains("\"result\" : \"complete\"", "\"bytes\" : 3145728", "\"sha256\" : \"" + Sha256.of(OBJECT));
    }

    @Test
    void aFileThatIsThereIsLeftAloneUnlessItMayBeOverwritten() throws IOException {
        Files.createDirectories(home());
        Files.writeString(file(), "precious");

        assertThat(fetch().out()).startsWith("exists  dump.bin");
        assertThat(file()).hasContent("precious");

        assertThat(fetch("--overwrite").out()).startsWith("ok      dump.bin");
        assertThat(file()).hasBinaryContent(OBJECT);
    }

    @Test
    void whatCameOverALinkThatDiedIsNotFetchedAgainOverTheNext() throws IOException {
        store.cloud().faults().inject(Fault.CONNECTION_CUT.with(2 << 20), SimulatedStore.FILE, 1);
        store.cloud().faults().inject(Fault.LINK_EXPIRED_EARLY, SimulatedStore.FILE, 1);

        var died = fetch();

        assertThat(died.exitCode()).isEqualTo(ExitCode.PROVIDER.number());
        assertThat(died.out()).contains("again   dump.bin  cut", "failed  dump.bin  link_dead: HTTP 403", "are kept");
        assertThat(fetch().exitCode()).isZero();
        assertThat(store.ranges().getLast()).startsWith("bytes=");
        assertThat(file()).hasBinaryContent(OBJECT);
    }

    @Test
    void damageIsToldAndNothingStands() throws IOException {
        store.cloud().faults().inject(Fault.BIT_FLIPPED.with(1 << 20), SimulatedStore.FILE, 1);

        var cli = fetch();

        assertThat(cli.exitCode()).isEqualTo(ExitCode.LOST.number());
        assertThat(cli.out()).startsWith("failed  dump.bin  damaged: etag-md5");
        assertThat(home()).isEmptyDirectory();
    }

    @Test
    void twoDoNotFetchFilesOfOneNameToOneFolderAtATime() throws IOException {
        try (var other = new FolderLock(home());
                var claim =
                        other.take(SimulatedStore.NAME.toUpperCase(Locale.ROOT)).orElseThrow()) {
            var cli = fetch();

            assertThat(cli.exitCode()).isEqualTo(ExitCode.ARCHIVE.number());
            assertThat(cli.out())
                    .startsWith("failed  dump.bin  disk_fault: another process is fetching a file of this");
            assertThat(store.ranges()).isEmpty();
            assertThat(claim).isNotNull();
        }

        assertThat(fetch().exitCode()).isZero();
    }

    @Test
    void aStoreOfTheOperatorsOwnAuthorityIsBelievedOnceItIsNamed() throws IOException {
        try (var server = new TlsServer("localhost")) {
            var authority = Files.writeString(folder.resolve("authority.pem"), server.authorityPem());
            var link = "https://localhost:" + server.port() + "/dump.json";

            var cli = Cli.run("fetch", "--to", home().toString(), "--ca-file", authority.toString(), link);

            assertThat(cli.out()).startsWith("ok      dump.json");
            assertThat(home().resolve("dump.json")).hasContent(TlsServer.BODY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "no link: give some as URL, --json",
        "link 1 of 1: a link is no absolute http(s) URL, ftp://h/k?secret",
        "--segments 0 is not between 1 and 32, --segments=0",
        "--concurrency 65 is not between 1 and 64, --concurrency=65",
        "--input /does/not/exist cannot be read, --input=/does/not/exist",
        "--ca-file /does/not/exist cannot be read (no such file), --ca-file=/does/not/exist https://h/k",
    })
    void wrongWordsAreToldWithoutTouchingAnything(String told, String words) {
        var cli = Cli.run(("fetch --to " + home() + " " + words).split(" "));

        assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(cli.err()).contains(told).doesNotContain("secret");
        assertThat(home()).doesNotExist();
    }
}
