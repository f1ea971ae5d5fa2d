package io.backhaul;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** An https server on this machine whose certificate is signed by an authority of its own, which nobody knows. */
public final class TlsServer implements AutoCloseable {
    public static final String BODY = "{\"answer\": \"over TLS\"}";

    private final HeldCertificate authority =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private final HttpsServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicReference<String> location = new AtomicReference<>("");

    /** @param name in its certificate */
    public TlsServer(String name) throws IOException {
        var own = new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName(name)
                .build();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(
                new HandshakeCertificates.Builder().heldCertificate(own).build().sslContext()));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            asked.countDown();
            var redirected = !location.get().isEmpty();
            if (redirected) {
                exchange.getResponseHeaders().set("Location", location.get());
            }
            var body = BODY.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(redirected ? 302 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public X509Certificate authority() {
        return authority.certificate();
    }

    public String authorityPem() {
        return authority.certificatePem();
    }

    /** From now on every answer leads there. */
    public void redirectTo(String target) {
        location.set(target);
    }

    /** Waits for the first request; false when none comes. */
    public boolean awaitRequest(Duration patience) throws InterruptedException {
        return asked.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
