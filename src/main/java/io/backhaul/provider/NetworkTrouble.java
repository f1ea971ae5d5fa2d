package io.backhaul.provider;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What it means that no answer came. */
final class NetworkTrouble {
    private NetworkTrouble() {}

    static Advice of(IOException e, ApiRequest request) {
        var host = request.endpoint().getHost();
        var address = host + ":" + port(request);
        return switch (e) {
            case UnknownHostException unknown -> Advice.unknownHost(host);
            case ConnectException refused ->
                isTimeout(refused) ? Advice.noConnection(address) : Advice.refusedConnection(address);
            case NoRouteToHostException away -> Advice.noConnection(address);
            case SSLPeerUnverifiedException other -> Advice.otherHostsCertificate(host);
            case SSLException tls -> ofTls(tls, host, address);
            // Time-outs of connecting, reading and the whole call alike.
            case InterruptedIOException late -> Advice.noConnection(address);
            default -> Advice.brokenConnection(address);
        };
    }

    private static Advice ofTls(SSLException e, String host, String address) {
        if (isCausedBy(e, CertificateExpiredException.class) || isCausedBy(e, CertificateNotYetValidException.class)) {
            return Advice.expiredCertificate(host);
        }
        return isCausedBy(e, CertPathBuilderException.class) || isCausedBy(e, CertPathValidatorException.class)
                ? Advice.untrusted(host)
                : Advice.noTls(address);
    }

    private static boolean isTimeout(ConnectException e) {
        return String.valueOf(e.getMessage()).contains("timed out");
    }

    private static boolean isCausedBy(Throwable e, Class<? extends Throwable> kind) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause).anyMatch(kind::isInstance);
    }

    private static int port(ApiRequest request) {
        var written = request.endpoint().getPort();
        return written >= 0 ? written : request.endpoint().getScheme().equals("https") ? 443 : 80;
    }
}
