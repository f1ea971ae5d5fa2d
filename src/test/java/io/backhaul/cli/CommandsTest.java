package io.backhaul.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Site;
import io.backhaul.backup.ArchiveState;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.ArchiveStates;
import io.backhaul.catalog.DatabaseAddress;
import io.backhaul.catalog.SeenBackup;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.RdbFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words, exit codes, and who must act. */
@ExtendWith(TestDatabase.class)
class CommandsTest {
    private static final DatabaseAddress NOWHERE =
            new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/nowhere", "u", "the-database-password");

    private final Site site;

    CommandsTest(@TempDir Path folder) {
        site = new Site(folder);
    }

    @BeforeEach
    void anArchive() throws IOException {
        Files.createDirectory(site.path("archive"));
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void aCommandByItselfIsTheSameAsAmongTheOthers() {
        var all = Backhaul.commandLine().getSubcommands();
        assertThat(all).hasSize(11);

        all.forEach((name, command) -> {
            assertThat(Cli.run("help", name).out()).isEqualTo(command.getUsageMessage());
            if (!name.equals("help")) {
                assertThat(Backhaul.commandLine(name, "--help").getSubcommands())
                        .containsOnlyKeys(name);
                assertThat(Cli.run(name, "--help").out()).isEqualTo(command.getUsageMessage());
            }
        });
    }

    @Test
    void aWordThatIsNoCommandIsAnsweredWithThoseThatAre() {
        var mistyped = Cli.run("fetsh");

        assertThat(mistyped.exitCode()).isEqualTo(1);
        assertThat(mistyped.err()).contains("fetsh", "backhaul fetch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "help", "run --help", "show --help"})
    void askingForHelpIsNoMistake(String words) {
        assertThat(Cli.run(words.split(" ")).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rum", "--onec", "show", "list --state lost", "run --config"})
    void whatCannotBeMeantEndsWithOne(String words) {
        var cli = Cli.run(words.split(" "));

        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).isNotBlank().doesNotContain("Exception");
    }

    @Test
    void aMistypedCommandIsGuessed() {
        assertThat(Cli.run("statsu").err()).contains("status");
    }

    @Test
    void fiveFaultsAreToldAtOnce() throws IOException {
        var config = Files.writeString(site.path("bad.yaml"), """
                state-dri: here
                archives:
                  - {name: nas, type: filesystem, directory: srv, size: 3}
                sources:
                  - name: prod
                    provider: huawei-dsc
                    endpoint: https://dcs.cn-north-4.myhuaweicloud.com
                    project-id: 0123456789abcdef0123456789abcdef
                    credentials: {access-key: "a-key", secret-key: "the-secret-value"}
                    schedule: "every day"
                    rpo: 26
                    archives: [nas]
                """);

        var cli = Cli.run("run", "--config", config.toString());

        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err())
                .contains("bad.yaml: 5 problems\n")
                .contains("did you mean \"state-dir\"?")
                .contains("did you mean \"huawei-dcs\"?")
                .doesNotContain("the-secret-value");
    }

    @Test
    void aConfigurationThatIsNotThereIsAConfigurationFault() {
        var cli = Cli.run("check", "--config", site.path("missing.yaml").toString());

        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains("missing.yaml").doesNotContain("Exception");
    }

    @Test
    void checkFindsNothingWrongWhereNothingIs(TestDatabase.Fresh database) {
        var cli = Cli.run("check", "--config", config(database.address(), Site.SECRET));

        assertThat(cli.exitCode()).as(cli.out()).isZero();
        assertThat(cli.out().lines()).hasSize(6).allMatch(line -> line.startsWith("ok"));
    }

    @Test
    void checkConnectsToTheStoreOfALinkAndFetchesNothing(TestDatabase.Fresh database) {
        site.addBackup("b", RdbFiles.ofSize(1, 1_000));

        var cli = Cli.run("check", "--config", config(database.address(), Site.SECRET));

        assertThat(cli.exitCode()).as(cli.out()).isZero();
        assertThat(cli.out())
                .contains("links given")
                .containsPattern("ok +store +prod-redis +127.0.0.1:\\d+ reached: name");
        assertThat(site.cloud.journal().requests())
                .noneMatch(request -> request.path().contains("b.rdb"));
    }

    @Test
    void checkNamesTheProviderThatRefusesTheKey(TestDatabase.Fresh database) {
        var cli = Cli.run("check", "--config", config(database.address(), "another-secret"));

        assertThat(cli.exitCode()).isEqualTo(3);
        assertThat(cli.out()).contains("failed", "401").doesNotContain("another-secret");
    }

    @Test
    void checkNamesAnArchiveThatCannotBeWritten(TestDatabase.Fresh database) throws IOException {
        Files.delete(site.path("archive"));
        Files.writeString(site.path("archive"), "a file in its place");

        var cli = Cli.run("check", "--config", config(database.address(), Site.SECRET));

        assertThat(cli.exitCode()).isEqualTo(5);
        assertThat(cli.out()).contains("archive");
    }

    @Test
    void anArchiveThatCannotBeMadeIsNamedByCheckAndEndsRunWithFive(TestDatabase.Fresh database) throws IOException {
        Files.delete(site.path("archive"));
        Files.writeString(site.path("archive"), "a file where its parent should be");
        var config = Path.of(config(database.address(), Site.SECRET));
        Files.writeString(config, Files.readString(config).replace("directory: archive", "directory: archive/below"));

        var check = Cli.run("check", "--config", config.toString());
        var run = Cli.run("run", "--config", config.toString());

        assertThat(check.exitCode()).isEqualTo(5);
        assertThat(check.out())
                .contains(site.path("archive/below") + " is not there and cannot be made: " + site.path("archive")
                        + " is no directory; host administrator: make it, writable for Backhaul's user, or correct the"
                        + " directory of archives[0]");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
        assertThat(run.err()).contains("archive local: making " + site.path("archive/below") + ", look at ");
    }

    @Test
    void checkNamesADatabaseThatIsAwayAndStillTriesTheRest() {
        var cli = Cli.run("check", "--config", config(NOWHERE, Site.SECRET));

        assertThat(cli.exitCode()).isEqualTo(4);
        assertThat(cli.out()).contains("instances 1").doesNotContain("the-database-password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "status", "show b"})
    void aDatabaseThatIsAwayEndsWithFourAndOneLine(String words) {
        var arguments = (words + " --config " + config(NOWHERE, Site.SECRET)).split(" ");

        var cli = Cli.run(arguments);

        assertThat(cli.exitCode()).isEqualTo(4);
        assertThat(cli.err().lines()).hasSize(1);
        assertThat(cli.err()).contains("127.0.0.1:1").doesNotContain("the-database-password");
    }

    @Test
    void statusSaysWhichArchiveIsPausedAndWhy(TestDatabase.Fresh database) {
        database.catalog().nodes().register("node-a", "1", 2);
        var reason = "archive local is full: 1.2 GiB free, 14.0 GiB wanted by prod-redis/i/b; make room";
        database.catalog()
                .archives()
                .save(List.of(new ArchiveStates.Row(
                        "node-a", "local", ArchiveState.FULL, Instant.EPOCH, reason, new ByteCount(1_300_000_000))));
        var config = config(database.address(), Site.SECRET);

        assertThat(Cli.run("status", "--config", config).out()).contains("node-a", "full", "1.2 GiB", reason);
        assertThat(Cli.run("status", "--json", "--config", config).out())
                .contains("\"state\" : \"full\"", "\"freeBytes\" : 1300000000", reason);
    }

    @Test
    void retrySaysThatTheProviderDoesNotOfferABackupAndLeavesIt(TestDatabase.Fresh database) {
        var source = new SourceName("prod-redis");
        var instance = new InstanceId(Site.INSTANCE);
        var now = Instant.parse("2026-11-21T10:00:00Z");
        var deleted = new ListedBackup(new BackupId("b"), Readiness.DELETED, "Expired", now, null, null, Map.of());
        var listings = database.catalog().listings();
        listings.register(source, "huawei-dcs", now);
        listings.saveInstances(source, List.of(new Instance(instance, "cache", Map.of())), now);
        listings.saveBackups(source, instance, List.of(new SeenBackup(deleted, null)), now);
        var config = config(database.address(), Site.SECRET);

        var cli = Cli.run("retry", "b", "--config", config);

        assertThat(cli.exitCode()).as(cli.err()).isZero();
        assertThat(cli.out()).endsWith("/b stays skipped: the provider does not offer it and lists it as Expired\n");
    }

    private String config(DatabaseAddress database, String secret) {
        return site.config("a", database, secret).toString();
    }
}
