package io.backhaul.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backhaul.app.AdminAddress;
import io.backhaul.config.AdminConfig;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = "Asks the daemon at admin.listen whether it can do its work (/readyz) and prints what keeps it"
                + " from it. Exit code 0: ready, 1: not ready or not running.")
final class HealthCommand implements Callable<Integer> {
    /** Within the ten seconds that a container's health check has, the start of this program included. */
    private static final Duration PATIENCE = Duration.ofSeconds(7);

    private static final int LONGEST_ANSWER = 16 * 1024;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var address = readyAddress(config.readForHealth());
        try {
            return ask(address).number();
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("no answer from " + address + " (" + e.getMessage() + "); is the daemon running?");
            return ExitCode.NOT_READY.number();
        }
    }

    private ExitCode ask(URI address) throws IOException {
        // Loopback or an address of our own: never a proxy's business, whatever the environment says.
        var connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(Math.toIntExact(PATIENCE.toMillis()));
        connection.setReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
        connection.setInstanceFollowRedirects(false);
        try {
            return switch (connection.getResponseCode()) {
                case HttpURLConnection.HTTP_OK -> {
                    spec.commandLine().getOut().println("ready");
                    yield ExitCode.DONE;
                }
                case HttpURLConnection.HTTP_UNAVAILABLE -> {
                    spec.commandLine().getOut().println("not ready\n" + problems(connection));
                    yield ExitCode.NOT_READY;
                }
                default -> throw new IOException("HTTP " + connection.getResponseCode() + ", not a Backhaul's");
            };
        } finally {
            connection.disconnect();
        }
    }

    private static String problems(HttpURLConnection connection) throws IOException {
        try (var body = connection.getErrorStream()) {
            return body == null ? "" : new String(body.readNBytes(LONGEST_ANSWER), UTF_8).strip();
        }
    }

    private static URI readyAddress(AdminConfig admin) {
        if (admin.port() == 0) {
            throw new UsageException("admin.listen has port 0, so only the daemon's log tells which one it took;"
                    + " give it a port, such as 127.0.0.1:9464");
        }
        try {
            return AdminAddress.url(admin, "/readyz");
        } catch (URISyntaxException | UnknownHostException e) {
            throw new UsageException(
                    "admin.listen: " + admin.host() + " is no host that can be asked: " + e.getMessage());
        }
    }
}
