package io.backhaul.app;

import io.backhaul.app.Finding.Area;
import io.backhaul.app.Finding.Remedy;
import io.backhaul.config.BackhaulConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at what the operating system, and systemd where it started us, give to this process. */
final class SystemCheck {
    /** Where Linux says what a process may use. */
    static final Path LIMITS = Path.of("/proc/self/limits");

    /** Besides those of transfers: the JVM's and libraries' own, the database's, the admin endpoint's. */
    private static final int SPARE_FILES = 256;
    /** Of a set that moves, besides its streams: the file, its journal, its folder, the copy in another archive. */
    private static final int FILES_OF_A_SET = 6;

    private final BackhaulConfig config;
    private final Map<String, String> environment;
    private final Path limits;

    /** @param limits in the form of {@link #LIMITS}; on a system without it nothing is said of files */
    SystemCheck(BackhaulConfig config, Map<String, String> environment, Path limits) {
        this.config = config;
        this.environment = environment;
        this.limits = limits;
    }

    /** One finding for each thing that is there to be looked at. */
    List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        openFiles().ifPresent(findings::add);
        named("NOTIFY_SOCKET").map(SystemCheck::notifySocket).ifPresent(findings::add);
        named("STATE_DIRECTORY").map(this::stateDirectory).ifPresent(findings::add);
        named("CREDENTIALS_DIRECTORY").map(Path::of).map(this::credentials).ifPresent(findings::add);
        return findings;
    }

    private Optional<String> named(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isEmpty());
    }

    private Optional<Finding> openFiles() {
        var subject = "open files";
        var transfer = config.transfer();
        var needed = transfer.concurrency() * (transfer.segments() + FILES_OF_A_SET) + SPARE_FILES;
        return softLimit().map(limit -> {
            var what = "limit " + (limit == Long.MAX_VALUE ? "none" : limit) + ", needed at most " + needed;
            return limit >= needed
                    ? Finding.ok(Area.SYSTEM, subject, what)
                    : Finding.failed(
                            Area.SYSTEM,
                            subject,
                            what,
                            new Remedy(
                                    "open-files",
                                    "host administrator",
                                    "raise LimitNOFILE= in the unit, or ulimit -n",
                                    List.of("transfer.concurrency", "transfer.segments")));
        });
    }

    private Optional<Long> softLimit() {
        try (var lines = Files.lines(limits)) {
            return lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split("\\s+", -1)[3])
                    .map(word -> word.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(word))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // no Linux
        }
    }

    private static Finding notifySocket(String socket) {
        var subject = "NOTIFY_SOCKET";
        // an abstract one has no file
        return socket.startsWith("@") || Files.isWritable(Path.of(socket))
                ? Finding.ok(Area.SYSTEM, subject, "systemd can be told how it goes")
                : Finding.failed(
                        Area.SYSTEM,
                        subject,
                        socket + " cannot be written, so systemd will take the daemon for not started",
                        unit("leave NotifyAccess= at main, and do not hide /run/systemd from the unit"));
    }

    private Finding stateDirectory(String given) {
        var subject = "STATE_DIRECTORY";
        var inside = Arrays.stream(given.split(":", -1))
                .map(Path::of)
                .anyMatch(folder -> config.stateDir().startsWith(folder));
        return inside
                ? Finding.ok(Area.SYSTEM, subject, given + " holds state-dir")
                : Finding.warning(
                        Area.SYSTEM,
                        subject,
                        "state-dir is " + config.stateDir() + ", and systemd gives " + given,
                        new Remedy(
                                "systemd",
                                "operator",
                                "write one of the two into the other's place; with ProtectSystem= only systemd's may be"
                                        + " written",
                                List.of("state-dir")));
    }

    private Finding credentials(Path folder) {
        var subject = "CREDENTIALS_DIRECTORY";
        try (var files = Files.list(folder)) {
            var all = files.sorted().toList();
            var unreadable = all.stream()
                    .filter(file -> !Files.isReadable(file))
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList();
            return unreadable.isEmpty()
                    ? Finding.ok(Area.SYSTEM, subject, "credentials " + all.size())
                    : Finding.failed(Area.SYSTEM, subject, "not readable: " + unreadable, loaded());
        } catch (IOException e) {
            return Finding.failed(Area.SYSTEM, subject, folder + " cannot be read", loaded());
        }
    }

    private static Remedy loaded() {
        return unit("load them with LoadCredential=, which makes them readable for User= alone");
    }

    private static Remedy unit(String how) {
        return new Remedy("systemd", "host administrator", how, List.of());
    }
}
