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
import java.util.List;
import java.util.regex.Pattern;

/** Certificates in PEM, as authorities and systems hand them out: one or many, with any text between them. */
public final class Certificates {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]*-----END CERTIFICATE-----");
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

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
        BLOCK.matcher(text).results().forEach(block -> {
            try {
                var bytes = new ByteArrayInputStream(block.group().getBytes(StandardCharsets.US_ASCII));
                certificates.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(bytes));
            } catch (CertificateException e) {
                // counted by whoever minds
            }
        });
        return List.copyOf(certificates);
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
