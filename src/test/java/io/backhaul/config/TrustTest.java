package io.backhaul.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustTest {
    private final HeldCertificate one =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private final HeldCertificate two =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private ConfigText withCaFile(String name) {
        return ConfigText.in(folder, "tls: {ca-file: " + name + "}\n" + ConfigText.MINIMAL);
    }

    @Test
    void everyCertificateOfTheFileIsBelievedBesideTheSystems() throws IOException {
        write("ca.pem", "# the first\n" + one.certificatePem() + "\nand another\r\n" + two.certificatePem());

        var tls = withCaFile("ca.pem").read().tls();

        assertThat(tls.authorities()).containsExactly(one.certificate(), two.certificate());
        assertThat(Trust.with(tls.authorities()).manager().getAcceptedIssuers())
                .contains(one.certificate(), two.certificate())
                .contains(Trust.ofSystem().manager().getAcceptedIssuers());
    }

    @Test
    void withoutAFileOnlyTheSystemIsBelieved() {
        var config = ConfigText.in(folder, ConfigText.MINIMAL).read();

        assertThat(config.tls().authorities()).isEmpty();
        assertThat(Trust.ofSystem().manager().getAcceptedIssuers()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            missing.pem | cannot be read (no such file); name a PEM file that Backhaul's user can read
            folder      | cannot be read (a directory); name a PEM file that Backhaul's user can read
            empty.pem   | is empty; want PEM, which begins with -----BEGIN CERTIFICATE-----
            key.pem     | holds no certificate; want PEM, which begins with -----BEGIN CERTIFICATE-----
            cut.pem     | holds 2 certificates, and only 1 of them can be read; get it anew from whoever issued it
            torn.pem    | holds 2 certificates, and only 1 of them can be read; get it anew from whoever issued it
            garbled.pem | holds 1 certificates, and only 0 of them can be read; get it anew from whoever issued it
            """)
    void aFileOfNoUseIsAFaultBesideTheOthers(String name, String complaint) throws IOException {
        Files.createDirectory(folder.resolve("folder"));
        write("empty.pem", "\n");
        write("key.pem", one.privateKeyPkcs8Pem());
        write("cut.pem", one.certificatePem() + two.certificatePem().substring(0, 200));
        write("torn.pem", one.certificatePem().substring(0, 200) + "\n" + two.certificatePem());
        write("garbled.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        var config = ConfigText.in(folder, "tls: {ca-file: " + name + "}\nadmin: 1\n" + ConfigText.MINIMAL);

        assertThat(config.problems())
                .isEqualTo("backhaul.yaml: 2 problems\n"
                        + "  admin: want a section of keys, found a single value\n"
                        + "  tls.ca-file: \"" + name + "\" " + complaint);
    }

    @Test
    void theFirstBundleOfTheSystemThatHasAnyCounts() throws IOException {
        var none = folder.resolve("none.crt");
        var empty = write("empty.crt", "");
        var first = write(
                "first.crt", one.certificatePem() + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        var second = write("second.crt", two.certificatePem());

        assertThat(Trust.authorities(List.of(none, empty, first, second))).containsExactly(one.certificate());
    }

    @Test
    void whereTheSystemHasNoneTheJdksAreBelieved() {
        assertThat(Trust.authorities(List.of(folder.resolve("none.crt")))).hasSizeGreaterThan(10);
    }
}
