package io.backhaul.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are believed, by provider calls, downloads and heartbeats alike: those of the operating system, so
 * that its administrator's word counts and a runtime of our own cannot be stale; else those of the JDK; and the
 * operator's own.
 */
public final class Trust {
    /** Debian and Alpine, Red Hat, SUSE. */
    private static final List<Path> BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"));

    private final List<X509Certificate> more;
    private @Nullable Judgement judgement;

    private Trust(List<X509Certificate> more) {
        this.more = more;
    }

    /** Both see the authorities as they were when they were first asked for. */
    private record Judgement(X509TrustManager manager, SSLContext context) {}

    /** The system's authorities. */
    public static Trust ofSystem() {
        return with(List.of());
    }

    /** These authorities beside the system's, which are not read before TLS is spoken, as that delays a start. */
    public static Trust with(List<X509Certificate> more) {
        return new Trust(more);
    }

    public X509TrustManager manager() {
        return judgement().manager();
    }

    /** Makes sockets that believe these authorities. */
    public SSLSocketFactory sockets() {
        return context().getSocketFactory();
    }

    /** For clients that make their sockets themselves. */
    public SSLContext context() {
        return judgement().context();
    }

    private synchronized Judgement judgement() {
        var known = judgement;
        if (known == null) {
            var manager = manager(store(Stream.concat(OfSystem.AUTHORITIES.stream(), more.stream())));
            known = new Judgement(manager, context(manager));
            judgement = known;
        }
        return known;
    }

    /** The authorities of the first bundle that has any, else the JDK's. */
    static List<X509Certificate> authorities(List<Path> bundles) {
        return bundles.stream()
                .map(Trust::readable)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElseGet(() -> List.of(manager(null).getAcceptedIssuers()));
    }

    private static List<X509Certificate> readable(Path bundle) {
        try {
            return Certificates.parse(Files.readString(bundle, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return List.of(); // another system keeps it elsewhere
        }
    }

    private static KeyStore store(Stream<X509Certificate> authorities) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var authority : authorities.toList()) {
                store.setCertificateEntry(String.valueOf(store.size()), authority);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot keep certificates", e);
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore store) {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot judge certificates", e);
        }
    }

    private static SSLContext context(X509TrustManager manager) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** Read once, and not before it is needed. Whoever names a trust store to Java means that one. */
    private static final class OfSystem {
        private static final List<X509Certificate> AUTHORITIES =
                authorities(System.getProperty("javax.net.ssl.trustStore") == null ? BUNDLES : List.of());
    }
}
