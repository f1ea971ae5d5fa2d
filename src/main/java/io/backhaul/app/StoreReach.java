package io.backhaul.app;

import io.backhaul.config.Trust;
import io.backhaul.transfer.Addresses;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Connects to a host as a download would, and asks it for nothing. */
final class StoreReach {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Trust trust;

    StoreReach(Trust trust) {
        this.trust = trust;
    }

    /** How it went. */
    sealed interface Way {}

    /**
     * It answers.
     *
     * @param isPublic whether its address is one of the open internet
     * @param name how long its name took
     * @param connection how long the connection took
     * @param tls how long TLS took; null where there is none
     */
    record Reached(
            boolean isPublic,
            Duration name,
            Duration connection,
            @Nullable Duration tls) implements Way {}

    /** It does not. */
    record Failed(String why) implements Way {}

    /**
     * It takes connections, and no TLS comes about, for another reason than its certificate: it may speak plain http.
     *
     * @param plain the way without TLS
     */
    record NoTls(Reached plain, String why) implements Way {}

    /** @param store scheme, host and, where it is unusual, port */
    Way of(URI store) {
        var secure = "https".equals(store.getScheme());
        var schemePort = secure ? 443 : 80;
        var port = store.getPort() < 0 ? schemePort : store.getPort();
        try (var socket = new Socket()) {
            var began = System.nanoTime();
            var address = InetAddress.getByName(store.getHost());
            var named = System.nanoTime();
            socket.connect(new InetSocketAddress(address, port), (int) PATIENCE.toMillis());
            var connected = System.nanoTime();
            var plain = new Reached(
                    Addresses.isPublic(address),
                    Duration.ofNanos(named - began),
                    Duration.ofNanos(connected - named),
                    null);
            return secure ? greeted(socket, store.getHost(), port, plain) : plain;
        } catch (IOException e) {
            return new Failed(why(e));
        }
    }

    private Way greeted(Socket connected, String host, int port, Reached plain) {
        var began = System.nanoTime();
        try {
            greet(connected, host, port);
            return new Reached(
                    plain.isPublic(), plain.name(), plain.connection(), Duration.ofNanos(System.nanoTime() - began));
        } catch (IOException e) {
            return isOfCertificate(e) ? new Failed(why(e)) : new NoTls(plain, why(e));
        }
    }

    private static boolean isOfCertificate(Throwable failure) {
        return failure instanceof CertificateException
                || (failure.getCause() != null && isOfCertificate(failure.getCause()));
    }

    private void greet(Socket connected, String host, int port) throws IOException {
        connected.setSoTimeout((int) PATIENCE.toMillis());
        try (var tls = (SSLSocket) trust.sockets().createSocket(connected, host, port, true)) {
            var parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
        }
    }

    private static String why(IOException e) {
        return switch (e) {
            case UnknownHostException unknown -> "no such host";
            case SocketTimeoutException late -> "no answer in " + PATIENCE.toSeconds() + " s";
            case ConnectException refused -> "nothing takes connections there";
            case SSLException tls -> "no TLS comes about: " + tls.getMessage();
            default -> "the connection breaks: " + e.getMessage();
        };
    }
}
