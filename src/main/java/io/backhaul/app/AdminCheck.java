package io.backhaul.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backhaul.app.Finding.Area;
import io.backhaul.app.Finding.Remedy;
import io.backhaul.config.AdminConfig;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tries whether a daemon can listen at {@code admin.listen}, or already does. */
final class AdminCheck {
    private static final String SUBJECT = "admin.listen";
    private static final int PATIENCE = Math.toIntExact(Duration.ofSeconds(5).toMillis());
    private static final int LONGEST_ANSWER = 64;

    private final AdminConfig admin;

    AdminCheck(AdminConfig admin) {
        this.admin = admin;
    }

    /** Nothing where the system is to choose a port. */
    Optional<Finding> examine() {
        return admin.port() == 0 ? Optional.empty() : Optional.of(tried());
    }

    private Finding tried() {
        var address = admin.host() + ":" + admin.port();
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(admin.host(), admin.port()));
            return Finding.ok(Area.SYSTEM, SUBJECT, address + " is free");
        } catch (IOException e) {
            return isDaemon()
                    ? Finding.ok(Area.SYSTEM, SUBJECT, "a daemon answers at " + address)
                    : Finding.failed(
                            Area.SYSTEM,
                            SUBJECT,
                            address + " cannot be listened at: " + e.getMessage(),
                            new Remedy(
                                    "admin-address",
                                    "operator",
                                    "end what listens there, or name another address of this machine at admin.listen",
                                    List.of(SUBJECT)));
        }
    }

    private boolean isDaemon() {
        try {
            // An address of this machine: never a proxy's business, whatever the environment says.
            var connection = (HttpURLConnection)
                    AdminAddress.url(admin, "/healthz").toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            connection.setInstanceFollowRedirects(false);
            try (var body = connection.getInputStream()) {
                return new String(body.readNBytes(LONGEST_ANSWER), UTF_8).equals("alive\n");
            } finally {
                connection.disconnect();
            }
        } catch (IOException | URISyntaxException e) {
            return false; // whatever is there, it is no daemon of ours
        }
    }
}
