package io.backhaul.transfer;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What it means that a store could not be told from others, and what helps. */
final class TlsTrouble {
    private TlsTrouble() {}

    /** One line for people; empty for a failure of another kind. */
    static Optional<String> of(Throwable failure, String host) {
        if (failure instanceof SSLPeerUnverifiedException) {
            return Optional.of("the certificate of " + host + " is one for other names");
        }
        if (isCausedBy(failure, CertificateExpiredException.class)
                || isCausedBy(failure, CertificateNotYetValidException.class)) {
            return Optional.of("the certificate of " + host + " is not valid at this machine's time");
        }
        if (isCausedBy(failure, CertPathBuilderException.class)) {
            return Optional.of(
                    "the certificate of " + host + " is not signed by anybody whom this machine trusts; if it"
                            + " is the right host, add its authority to the system's or name its PEM file at tls.ca-file (fetch: --ca-file)");
        }
        return failure instanceof SSLHandshakeException
                ? Optional.of("no TLS 1.2 or later comes about with " + host + ": " + failure.getMessage())
                : Optional.empty();
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> kind) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(kind::isInstance);
    }
}
