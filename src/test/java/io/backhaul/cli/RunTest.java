package io.backhaul.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Site;
import io.backhaul.app.StateDirectory;
import io.backhaul.catalog.DatabaseAddress;
import io.backhaul.catalog.EmbeddedPostgres;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.RdbFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as systemd sees it: started, told to stop, killed. */
@ExtendWith(TestDatabase.class)
class RunTest {
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int KILLS = 3;

    private final Site site;

    RunTest(@TempDir Path folder) {
        site = new Site(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void sigtermInMidTransferEndsItInOrderAndTheNextRunGoesOn(TestDatabase.Fresh database) throws Exception {
        site.addBackup("b", RdbFiles.ofSize(1, 12_000_000));
        site.cloud.limitDownloadsTo(2_000_000);
        var config = site.config("a", database.address()).toString();

        try (var first = Child.start("run", "--config", config)) {
            first.await("staged bytes", () -> bytesOf(partOfB()) > 2_000_000);
            first.terminate();
            assertThat(first.exitCode(STOP)).as(first.output()).isZero();
        }
        assertThat(site.archive().sets()).isEmpty();

        site.cloud.limitDownloadsTo(50_000_000);
        try (var second = Child.start("run", "--config", config)) {
            second.awaitLine("archived backup=");
            second.terminate();
            assertThat(second.exitCode(STOP)).isZero();
        }
        site.archive().assertEverySetIsWhole();
        var attempts = Cli.run("show", "b", "--json", "--config", config).out();
        assertThat(attempts).containsPattern("(?s)\"outcome\" *: *\"stopped\".*\"fromByte\" *: *[1-9][0-9]{6,}");
    }

    @Test
    void anArchiveWhoseDiskIsNotMountedIsNotBegunAnewInItsEmptyDirectory(TestDatabase.Fresh database) throws Exception {
        site.addBackup("first", RdbFiles.ofSize(1, 10_000));
        var config = site.config("a", database.address()).toString();
        try (var before = Child.start("run", "--config", config)) {
            before.awaitLine("archived backup=");
            before.terminate();
            assertThat(before.exitCode(STOP)).isZero();
        }
        Files.move(site.path("archive"), site.path("disk"));
        Files.createDirectory(site.path("archive"));
        site.addBackup("second", RdbFiles.ofSize(2, 10_000));

        assertThat(Cli.run("check", "--config", config).out())
                .contains("is empty and has kept sets before")
                .contains("mount what belongs at the directory of archives[0]");
        try (var after = Child.start("run", "--config", config)) {
            after.awaitLine("archive pauses, nothing is lost").awaitLine("has kept sets before");
            assertThat(site.path("archive")).isEmptyDirectory();
            Files.delete(site.path("archive"));
            Files.move(site.path("disk"), site.path("archive"));
            after.awaitLine("archived backup=");
            after.terminate();
            assertThat(after.exitCode(STOP)).isZero();
        }
        assertThat(site.archive().sets()).hasSize(2);
    }

    @Test
    void sigtermWhileTheDatabaseIsAwayIsAnOrderlyEndToo() throws Exception {
        var nowhere = new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/nowhere", "u", "p");
        try (var child =
                Child.start("run", "--config", site.config("a", nowhere).toString())) {
            child.awaitLine("database away");
            child.terminate();
            assertThat(child.exitCode(STOP)).as(child.output()).isZero();
        }
    }

    @Test
    void aSecondDaemonOnTheSameStateDirectoryIsToldSoWithExitCodeTwo(TestDatabase.Fresh database) throws Exception {
        var config = site.config("a", database.address()).toString();
        try (var first = Child.start("run", "--config", config)) {
            first.awaitLine("daemon up");
            try (var second = Child.start("run", "--config", config)) {
                assertThat(second.exitCode(Duration.ofSeconds(30))).isEqualTo(2);
                assertThat(second.output())
                        .contains("is a daemon running already?")
                        .doesNotContain("Exception");
            }
        }
    }

    @Test
    void aCommandOnTheStateDirectoryHoldsTheDaemonUpAndDoesNotEndIt(TestDatabase.Fresh database) throws Exception {
        var config = site.config("a", database.address()).toString();
        var command = StateDirectory.take(site.path("a-state")).orElseThrow();
        try (var daemon = Child.start("run", "--config", config)) {
            daemon.awaitLine("state directory held by a command");
            try (var second = Child.start("run", "--config", config)) {
                assertThat(second.exitCode(Duration.ofSeconds(30))).isEqualTo(2);
            }
            command.close();
            daemon.awaitLine("daemon up");
            daemon.terminate();
            assertThat(daemon.exitCode(STOP)).as(daemon.output()).isZero();
        }
    }

    @Test
    void anAdminAddressThatIsTakenIsNamedAndWaitedForWhileBackupsComeHome(TestDatabase.Fresh database)
            throws Exception {
        site.addBackup("b", RdbFiles.ofSize(1, 10_000));
        var config = site.config("a", database.address());
        var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var address = "127.0.0.1:" + other.getLocalPort();
        Files.writeString(config, Files.readString(config).replace("127.0.0.1:0", address));
        try (var child = Child.start("run", "--config", config.toString())) {
            child.awaitLine("admin address away, trying again")
                    .awaitLine("admin.listen: " + address + " cannot be listened at: Address already in use")
                    .awaitLine("archived backup=");
            assertThat(child.output()).doesNotContain("daemon up", "\tat ");
            other.close();
            child.awaitLine("daemon up");
            child.terminate();
            assertThat(child.exitCode(STOP)).as(child.output()).isZero();
        }
    }

    @Test
    void aDaemonThatIsKilledAgainAndAgainShowsOnlyWholeSetsAndBringsAllHomeInTheEnd() throws Exception {
        var seed = System.nanoTime();
        System.out.println("seed of the kills: " + seed);
        var random = new Random(seed);
        for (var n = 0; n < 6; n++) {
            site.addBackup("b" + n, RdbFiles.ofSize(n, 2_000_000));
        }
        site.cloud.limitDownloadsTo(1_500_000);
        var config = site.config("a");
        var state = site.path("a-state");
        try {
            for (var kill = 0; kill < KILLS; kill++) {
                try (var child = Child.start("run", "--config", config.toString())) {
                    child.awaitLine("node ready");
                    child.killAfter(Duration.ofMillis(random.nextInt(2_000)));
                    assertThat(kill == 0 || child.output().contains("of an earlier run taken over"))
                            .as(child.output())
                            .isTrue();
                }
                site.archive().assertEverySetIsWhole();
            }
            site.cloud.limitDownloadsTo(50_000_000);
            try (var last = Child.start("run", "--config", config.toString())) {
                last.await("everything", () -> site.archive().sets().size() == 6);
                last.terminate();
                assertThat(last.exitCode(STOP)).as(last.output()).isZero();
            }
            site.archive().assertEverySetIsWhole();
            assertThat(processesUnder(state)).isZero();
            assertThat(Cli.run("list", "--state", "archived", "--config", config.toString())
                            .out()
                            .lines())
                    .hasSize(7);
        } finally {
            EmbeddedPostgres.start(state, Clock.systemUTC()).close();
        }
    }

    private static long processesUnder(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .count();
    }

    private Path partOfB() {
        var staging = site.path("archive").resolve(".staging");
        try (var files = Files.walk(staging)) {
            return files.filter(file -> file.endsWith(".b.rdb.part"))
                    .findFirst()
                    .orElse(staging);
        } catch (IOException | UncheckedIOException e) {
            // not made yet, or moved while we looked
            return staging;
        }
    }

    private static long bytesOf(Path file) {
        return Files.isRegularFile(file) ? file.toFile().length() : 0;
    }
}
