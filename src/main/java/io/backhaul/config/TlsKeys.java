package io.backhaul.config;

import java.nio.file.Path;
import java.util.List;

/** The keys of {@code tls}. */
final class TlsKeys {
    private static final Key<Path> CA_FILE = Key.optional(
            "ca-file",
            Texts.path(),
            "PEM file of authorities to believe beside the system's, for provider calls and downloads; relative to the"
                    + " folder of this file.");

    static final Fields FIELDS = Fields.of(CA_FILE);

    private TlsKeys() {}

    /** What only a look into the file can tell. */
    static void check(Section section, Path base) {
        try {
            authorities(section, base);
        } catch (Certificates.Unusable e) {
            section.fault(CA_FILE, Text.quoted(section.asWritten(CA_FILE)) + " " + e.getMessage());
        }
    }

    static TlsConfig build(Section section, Path base) {
        try {
            return authorities(section, base);
        } catch (Certificates.Unusable e) {
            throw new IllegalStateException("tls.ca-file was readable a moment ago and " + e.getMessage(), e);
        }
    }

    private static TlsConfig authorities(Section section, Path base) throws Certificates.Unusable {
        var file = section.find(CA_FILE);
        return new TlsConfig(file == null ? List.of() : Certificates.read(base.resolve(file)));
    }
}
