package io.backhaul.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Certificates in PEM, as authorities and systems hand them out: one or many, with any text between them. */
public final class Certificates {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private Certificates() {}

    /** Says what is wrong with a file, to follow its name. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        private Unusable(String complaint) {
            super(complaint);
        }
    }

    /**
     * Every certificate of a file, at least one.
     *
     * @throws Unusable when the file cannot be read, holds none, or one that is broken
     */
    public static List<X509Certificate> read(Path file) throws Unusable {
        var text = text(file);
        var begun = text.split(BEGIN, -1).length - 1;
        if (begun == 0) {
            throw new Unusable(
                    (text.isBlank() ? "is empty" : "holds no certificate") + "; want PEM, which begins with " + BEGIN);
        }
        var certificates = parse(text);
        if (certificates.size() < begun) {
            throw new Unusable("holds " + begun + " certificates, and only " + certificates.size()
                    + " of them can be read; get it anew from whoever issued it");
        }
        return certificates;
    }

    /** What can be read of a text. */
    static List<X509Certificate> parse(String text) {
        var certificates = new ArrayList<X509Certificate>();
        for (var at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
            at += BEGIN.length();
            var end = text.indexOf(END, at);
            if (end < 0) {
                break;
            }
            certificate(text.substring(at, end)).ifPresent(certificates::add);
        }
        return List.copyOf(certificates);
    }

    private static Optional<X509Certificate> certificate(String base64) {
        try {
            // decoded here: the factory reads byte by byte, which tells at a start, with the system's hundred and more
            var der = Base64.getMimeDecoder().decode(base64);
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty(); // counted by whoever minds
        }
    }

    private static String text(Path file) throws Unusable {
        try {
            // DER and other bytes are no reason to fail here
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            var reason = Files.isDirectory(file) ? "a directory" : Files.exists(file) ? "not readable" : "no such file";
            throw new Unusable("cannot be read (" + reason + "); name a PEM file that Backhaul's user can read");
        }
    }
}
