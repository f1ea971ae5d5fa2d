package io.backhaul.app;

import io.backhaul.config.AdminConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

/** Where this machine asks the daemon that listens at {@code admin.listen}. */
public final class AdminAddress {
    private AdminAddress() {}

    /**
     * The URL of one of its pages. A daemon that listens on all addresses is asked on loopback.
     *
     * @throws UnknownHostException when nobody knows the host
     * @throws URISyntaxException when no URL can have the host
     */
    public static URI url(AdminConfig admin, String path) throws UnknownHostException, URISyntaxException {
        var host = InetAddress.getByName(admin.host()).isAnyLocalAddress()
                ? InetAddress.getLoopbackAddress().getHostAddress()
                : admin.host();
        return new URI("http", null, host, admin.port(), path, null, null);
    }
}
