package io.backhaul.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PostgreSQL of our own, its crashes included; each test has one to itself. */
class EmbeddedPostgresTest {
    /** Lent to all of them: to unpack them takes longer than most of these tests. */
    @TempDir
    private static Path binaries;

    @TempDir
    private Path state;

    private @Nullable EmbeddedPostgres postgres;

    @BeforeAll
    static void unpack() {
        PostgresBinaries.under(binaries);
    }

    @BeforeEach
    void begin() throws IOException {
        lendBinariesTo(state);
        start();
    }

    private static void lendBinariesTo(Path state) throws IOException {
        var folder = Files.createDirectory(state.resolve("postgres"));
        try (var unpacked = Files.list(binaries)) {
            var root = unpacked.findFirst().orElseThrow();
            Files.createSymbolicLink(folder.resolve(root.getFileName()), root);
        }
    }

    private void start() {
        postgres = EmbeddedPostgres.start(state, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void itIsDurablePrivateAndLocal() throws Exception {
        assertThat(List.of("fsync", "synchronous_commit", "full_page_writes", "listen_addresses"))
                .map(setting -> ask("show " + setting))
                .containsExactly("on", "on", "on", "127.0.0.1");
        assertThat(ask("show unix_socket_directories")).isEmpty();
        assertThat(listeningAddresses()).containsExactly("0100007F");
        assertThat(mode(folder().resolve("password"))).isEqualTo("rw-------");
        assertThat(mode(folder())).isEqualTo("rwx------");

        var address = EmbeddedPostgres.running(state);
        assertThatThrownBy(() -> DriverManager.getConnection(address.url(), address.user(), "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    /** Of every socket that listens on its port, as the kernel shows them. */
    private List<String> listeningAddresses() throws IOException {
        var port = ":"
                + HexFormat.of()
                        .toHexDigits((short) Integer.parseInt(ask("show port")))
                        .toUpperCase(Locale.ROOT);
        return Files.readAllLines(Path.of("/proc/net/tcp")).stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns[1].endsWith(port) && columns[3].equals("0A"))
                .map(columns -> columns[1].substring(0, 8))
                .toList();
    }

    @Test
    void itsLogTellsOfARefusedRowWithoutTheRow() throws Exception {
        ask("create table refusing as select ''::text as url");
        ask("alter table refusing add check (url = '')");
        var address = EmbeddedPostgres.running(state);

        try (var connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                var insert = connection.prepareStatement("insert into refusing values (?)")) {
            insert.setString(1, "https://store.test/b.rdb?signature=0a1b2c3d");
            assertThatThrownBy(insert::execute).isInstanceOf(SQLException.class);
        }

        assertThat(folder().resolve("postgresql.log"))
                .content()
                .contains("violates check constraint")
                .doesNotContain("0a1b2c3d");
    }

    @Test
    void itsRandomPasswordIsNotStretchedForEveryConnection() {
        assertThat(ask("select split_part(rolpassword, ':', 1) from pg_authid where rolname = 'backhaul'"))
                .isEqualTo("SCRAM-SHA-256$1");
    }

    @Test
    void dataSurvivesAnOrderlyStop() {
        ask("create table kept as select 42 as answer");
        stop();

        start();

        assertThat(ask("select answer from kept")).isEqualTo("42");
    }

    @Test
    void aVolumeThatWasOpenedToItsGroupIsClosedAgain() throws Exception {
        ask("create table kept as select 42 as answer");
        stop();
        var data = folder().resolve("data");
        var password = folder().resolve("password");
        for (var directory : List.of(folder(), data)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
        }
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-rw----"));

        start();

        assertThat(ask("select answer from kept")).isEqualTo("42");
        assertThat(List.of(mode(folder()), mode(data), mode(password)))
                .containsExactly("rwx------", "rwx------", "rw-------");
    }

    @Test
    void aServerLeftBehindIsTakenOver() throws Exception {
        ask("create table kept as select 42 as answer");
        var pid = pid();

        start();

        assertThat(pid()).isEqualTo(pid);
        assertThat(ask("select answer from kept")).isEqualTo("42");
    }

    @Test
    void dataSurvivesTheDeathOfTheServer() throws Exception {
        ask("create table kept as select 42 as answer");
        kill(pid());

        start();

        assertThat(ask("select answer from kept")).isEqualTo("42");
    }

    @Test
    void aNumberThatAnotherProcessGotIsNotTakenForTheServer() throws Exception {
        var stranger = new ProcessBuilder("tail", "-f", "/dev/null").start();
        try {
            dieAndLeaveTheNumberTo(stranger.pid());

            start();

            assertThat(ask("select answer from kept")).isEqualTo("42");
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroy();
        }
    }

    @Test
    void aNumberThatAnotherProcessGetsDuringTheStartIsNotTakenForTheServer() throws Exception {
        var ended = new ProcessBuilder("true").start();
        ended.waitFor();
        dieAndLeaveTheNumberTo(ended.pid());
        var stranger = new ProcessBuilder("tail", "-f", "/dev/null").start();
        try {
            postgres = EmbeddedPostgres.start(state, new Clock() {
                @Override
                public Instant instant() {
                    try {
                        leaveTheNumberTo(stranger.pid());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return Clock.systemUTC().instant();
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            });

            assertThat(ask("select answer from kept")).isEqualTo("42");
        } finally {
            stranger.destroy();
        }
    }

    @Test
    void aNumberThatTheServerOfAnotherDaemonGotIsNotTakenForOurs(@TempDir Path elsewhere) throws Exception {
        lendBinariesTo(elsewhere);
        try (var other = EmbeddedPostgres.start(elsewhere, Clock.systemUTC())) {
            dieAndLeaveTheNumberTo(pid(elsewhere));

            start();

            assertThat(ask("select answer from kept")).isEqualTo("42");
            assertThat(EmbeddedPostgres.running(elsewhere)).isEqualTo(other.address());
        }
    }

    private void dieAndLeaveTheNumberTo(long pid) throws Exception {
        ask("create table kept as select 42 as answer");
        kill(pid());
        leaveTheNumberTo(pid);
    }

    private void leaveTheNumberTo(long pid) throws IOException {
        var lines = Files.readAllLines(pidFile(state));
        lines.set(0, Long.toString(pid));
        Files.write(pidFile(state), lines);
    }

    @Test
    void dataOfAnotherMajorVersionIsRefusedAndNotTouched() throws Exception {
        stop();
        postgres = null;
        var data = folder().resolve("data");
        Files.writeString(data.resolve("PG_VERSION"), "17\n");
        var before = tree(data);

        assertThatThrownBy(() -> EmbeddedPostgres.start(state, Clock.systemUTC()))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("was made by PostgreSQL 17, this Backhaul brings 18")
                .hasMessageContaining("pg_dump 17");

        assertThat(tree(data)).isEqualTo(before);
    }

    @Test
    void aMissingPasswordIsSaidWithItsRemedyAndHalfMadeDirectoriesGo() throws Exception {
        stop();
        postgres = null;
        var password = Files.readString(folder().resolve("password"));
        Files.delete(folder().resolve("password"));
        Files.createDirectories(folder().resolve(".initialising123/base/1"));
        Files.writeString(folder().resolve(".initialising123/base/1/112"), "half");

        assertThatThrownBy(() -> EmbeddedPostgres.start(state, Clock.systemUTC()))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining(folder().resolve("password") + " is missing beside its data; restore it");

        assertThat(folder().resolve(".initialising123")).doesNotExist();
        Files.writeString(folder().resolve("password"), password);
        start();
        assertThat(ask("select 1")).isEqualTo("1");
    }

    private static List<String> tree(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.sorted()
                    .map(file -> file + " " + file.toFile().length() + " "
                            + file.toFile().lastModified())
                    .toList();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private Path folder() {
        return state.resolve("postgres");
    }

    private static Path pidFile(Path state) {
        return state.resolve("postgres/data/postmaster.pid");
    }

    private long pid() throws IOException {
        return pid(state);
    }

    private static long pid(Path state) throws IOException {
        return Long.parseLong(Files.readAllLines(pidFile(state)).getFirst().strip());
    }

    private static void kill(long pid) throws Exception {
        var postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get(30, TimeUnit.SECONDS);
    }

    private String ask(String sql) {
        var address = EmbeddedPostgres.running(state);
        try (var connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            var rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
