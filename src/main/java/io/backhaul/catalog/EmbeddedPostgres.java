package io.backhaul.catalog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own for operators who configure no {@code database}: binaries, data, password and log all under
 * one folder, listening on loopback only, with durable settings. A postmaster that a killed daemon left behind is found
 * by its pid file and taken over. The caller holds the lock of the state directory: two daemons never share one folder.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "backhaul";
    private static final String DATABASE = "backhaul";
    private static final String DATA = "data";
    private static final String PASSWORD = "password";
    private static final String INITIALISING = ".initialising";
    private static final int START_TRIES = 3;
    private static final int START_LINE_OF_PID_FILE = 2;
    private static final int PORT_LINE_OF_PID_FILE = 3;
    /** The whole seconds by which pg_ctl must see two times of start differ. */
    private static final Duration MISTAKEN_FOR = Duration.ofSeconds(3);

    private static final String PATIENCE_SECONDS = "60";
    private static final Path PROCESSES = Path.of("/proc");

    private final PostgresBinaries binaries;
    private final Path folder;
    private final Path data;
    private final Path passwordFile;
    private final Path serverLog;

    private EmbeddedPostgres(PostgresBinaries binaries, Path folder) {
        this.binaries = binaries;
        this.folder = folder;
        data = folder.resolve(DATA);
        passwordFile = folder.resolve(PASSWORD);
        serverLog = folder.resolve("postgresql.log");
    }

    /**
     * Starts it, or takes over the one that still runs; returns when it takes connections.
     *
     * @param stateDirectory where all of it lives, in {@code postgres/}
     * @param clock the machine's, as PostgreSQL reads it
     * @throws CatalogException when it cannot: what failed, and what to do
     */
    public static EmbeddedPostgres start(Path stateDirectory, Clock clock) {
        var folder = stateDirectory.resolve("postgres");
        try {
            Files.createDirectories(folder);
            // PostgreSQL refuses a data directory that others can enter; so should the password's folder.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            var postgres = new EmbeddedPostgres(PostgresBinaries.under(folder), folder);
            postgres.run(clock);
            return postgres;
        } catch (IOException e) {
            throw new CatalogException("cannot start embedded PostgreSQL under " + folder, e);
        }
    }

    /**
     * The database of a server that another process runs under this folder.
     *
     * @throws CatalogException when none runs there, or its password may not be read
     */
    public static DatabaseAddress running(Path stateDirectory) {
        return address(stateDirectory.resolve("postgres"), DATABASE);
    }

    /** The database to connect to. */
    public DatabaseAddress address() {
        return address(DATABASE);
    }

    /** Another database of the same server. */
    DatabaseAddress address(String database) {
        return address(folder, database);
    }

    private static DatabaseAddress address(Path folder, String database) {
        try {
            var lines = Files.readAllLines(pidFile(folder));
            var port = lines.get(PORT_LINE_OF_PID_FILE).strip();
            var password = Files.readString(folder.resolve(PASSWORD));
            return new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, password);
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new CatalogException(
                    "no embedded PostgreSQL runs under " + folder + ", or its password is not readable for this user",
                    e);
        }
    }

    private void run(Clock clock) throws IOException {
        Leftovers.remove(folder, INITIALISING);
        if (!Files.exists(data)) {
            initialise();
        }
        refuseForeignVersion();
        if (!Files.exists(passwordFile)) {
            throw new CatalogException(
                    "embedded PostgreSQL: " + passwordFile + " is missing beside its data; restore it,"
                            + " or set a new random password for role " + USER + " and write it there (mode 0600)");
        }
        closeToOthers(data, "rwx------");
        closeToOthers(passwordFile, "rw-------");
        if (isRunning()) {
            log.info("embedded PostgreSQL of an earlier run taken over data={}", data);
        } else {
            startPostmaster(clock);
        }
        createDatabase();
    }

    /**
     * PostgreSQL refuses a data directory that its group may write to, and kubelet lets an fsGroup write to all of a
     * volume at each mount. One of another owner is left alone: PostgreSQL says what is wrong with it.
     */
    private void closeToOthers(Path ours, String mode) throws IOException {
        if (Files.getOwner(ours).equals(Files.getOwner(folder))) {
            Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString(mode));
        }
    }

    private void createDatabase() {
        var template = address("template1");
        try (var connection = DriverManager.getConnection(template.url(), template.user(), template.password());
                var statement = connection.createStatement()) {
            var exists = statement.executeQuery("select from pg_database where datname = '" + DATABASE + "'");
            if (!exists.next()) {
                statement.execute("create database " + DATABASE);
            }
        } catch (SQLException e) {
            throw new CatalogException("embedded PostgreSQL runs but refuses us: " + e.getMessage(), e);
        }
    }

    /** Initialises beside the final place and renames: a half-made data directory is never taken for a whole one. */
    private void initialise() throws IOException {
        var password = new byte[24];
        new SecureRandom().nextBytes(password);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, HexFormat.of().formatHex(password));
        var fresh = Files.createTempDirectory(folder, INITIALISING);
        execute(List.of(
                program("initdb"),
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                // more would slow down who guesses a password, and only that; ours has 192 random bits
                "--set=scram_iterations=1",
                "--encoding=UTF8",
                "--locale=C"));
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void refuseForeignVersion() throws IOException {
        var found = Files.readString(data.resolve("PG_VERSION")).strip();
        if (!found.equals(PostgresBinaries.MAJOR)) {
            throw new CatalogException("embedded PostgreSQL: " + data + " was made by PostgreSQL " + found
                    + ", this Backhaul brings " + PostgresBinaries.MAJOR + "; dump it with the Backhaul that made it"
                    + " (or pg_dump " + found + ") and restore it into a fresh state-dir");
        }
    }

    private boolean isRunning() throws IOException {
        if (run(List.of(program("pg_ctl"), "status", "-D", data.toString())).exitCode() != 0) {
            return false;
        }
        if (isPostmaster()) {
            return true;
        }
        // After a crash another process may have got the number; PostgreSQL itself would then refuse to start for good.
        log.warn("pid file of embedded PostgreSQL names another process, removed file={}", pidFile());
        Files.delete(pidFile());
        return false;
    }

    /** Whether the process of the pid file works in this very data directory, as a postmaster does all its life. */
    private boolean isPostmaster() throws IOException {
        var pid = Files.readAllLines(pidFile()).getFirst().strip();
        if (!Files.exists(PROCESSES.resolve("self"))) {
            // no such list on this system: pg_ctl's word stands
            return true;
        }
        try {
            return Files.isSameFile(PROCESSES.resolve(pid).resolve("cwd"), data);
        } catch (NoSuchFileException e) {
            // The number was that of a thread or process that has ended meanwhile. What cannot be looked at is no
            // reason
            // to believe the same: a second postmaster over one folder would be worse than none.
            return false;
        }
    }

    private Path pidFile() {
        return pidFile(folder);
    }

    private static Path pidFile(Path folder) {
        return folder.resolve(DATA).resolve("postmaster.pid");
    }

    private void startPostmaster(Clock clock) throws IOException {
        outliveStalePidFile(clock);
        for (var attempt = 1; ; attempt++) {
            var command = List.of(
                    program("pg_ctl"),
                    "start",
                    "-w",
                    "-t",
                    PATIENCE_SECONDS,
                    "-D",
                    data.toString(),
                    "-l",
                    serverLog.toString(),
                    "-o",
                    settings(freePort()));
            var result = run(command);
            if (result.exitCode() == 0) {
                return;
            }
            if (attempt == START_TRIES) {
                throw CatalogException.ofCommand(
                        command, result.exitCode(), result.output() + "\n" + tailOfServerLog());
            }
            // The number of a stale pid file may be somebody's only now, in a container even a thread's of ours.
            if (isRunning()) {
                return;
            }
        }
    }

    /**
     * pg_ctl takes a pid file for that of the postmaster it has just started if the number and, within two seconds, the
     * time of start agree; after a kill, the next container gives the same numbers again. Not removed: it names the
     * shared memory by which PostgreSQL knows that processes of the killed one are still at work.
     */
    private void outliveStalePidFile(Clock clock) throws IOException {
        if (!Files.exists(pidFile())) {
            return;
        }
        var lines = Files.readAllLines(pidFile());
        if (lines.size() <= START_LINE_OF_PID_FILE) {
            return;
        }
        try {
            var started = Instant.ofEpochSecond(
                    Long.parseLong(lines.get(START_LINE_OF_PID_FILE).strip()));
            var left = Duration.between(clock.instant(), started.plus(MISTAKEN_FOR));
            if (left.isPositive() && left.compareTo(MISTAKEN_FOR) <= 0) {
                Thread.sleep(left);
            }
        } catch (NumberFormatException e) {
            log.warn("pid file of embedded PostgreSQL tells no time of start file={}", pidFile());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CatalogException("embedded PostgreSQL: interrupted before its start", e);
        }
    }

    private static String settings(int port) {
        return String.join(
                " ",
                "-p " + port,
                "-c listen_addresses=127.0.0.1",
                "-c unix_socket_directories=''",
                "-c fsync=on",
                "-c synchronous_commit=on",
                "-c full_page_writes=on",
                "-c max_connections=100",
                "-c logging_collector=off",
                // or its log repeats a row that it refuses, a link among them
                "-c log_error_verbosity=terse");
    }

    /** Stops it in an orderly way; sessions that are still open are ended. */
    @Override
    public void close() {
        var command =
                List.of(program("pg_ctl"), "stop", "-w", "-t", PATIENCE_SECONDS, "-m", "fast", "-D", data.toString());
        var result = run(command);
        if (result.exitCode() != 0) {
            log.warn("embedded PostgreSQL did not stop; the next start takes it over output={}", result.output());
        }
    }

    private String program(String name) {
        return binaries.program(name).toString();
    }

    private String tailOfServerLog() throws IOException {
        if (!Files.exists(serverLog)) {
            return "";
        }
        var lines = Files.readAllLines(serverLog);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private record Result(int exitCode, String output) {}

    private static void execute(List<String> command) {
        var result = run(command);
        if (result.exitCode() != 0) {
            throw CatalogException.ofCommand(command, result.exitCode(), result.output());
        }
    }

    private static Result run(List<String> command) {
        try {
            // A file and not a pipe: the postmaster inherits it and would keep a pipe open for ever.
            var output = Files.createTempFile("backhaul-postgres", ".out");
            try {
                var process = new ProcessBuilder(asUnprivileged(command))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(2 * Long.parseLong(PATIENCE_SECONDS), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new CatalogException("embedded PostgreSQL: " + command.getFirst() + " did not end");
                }
                return new Result(process.exitValue(), Files.readString(output));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new CatalogException("embedded PostgreSQL: cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CatalogException("embedded PostgreSQL: interrupted while waiting for " + command.getFirst(), e);
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it is nobody and still owns its files. */
    private static List<String> asUnprivileged(List<String> command) {
        if (!System.getProperty("user.name").equals("root")) {
            return command;
        }
        var wrapped = new ArrayList<>(List.of("unshare", "--user"));
        wrapped.addAll(command);
        return wrapped;
    }
}
