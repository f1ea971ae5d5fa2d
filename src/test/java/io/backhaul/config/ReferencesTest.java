package io.backhaul.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("one"), "from-file\n");
        Files.writeString(folder.resolve("two"), "from-file\r\n");
        Files.writeString(folder.resolve("lines"), "a\n\n");
        Files.createDirectory(folder.resolve("credentials"));
        Files.writeString(folder.resolve("credentials/db"), "from-systemd\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${env:USER_NAME}               | ada
            ${env:USER_NAME}-${env:SUFFIX} | ada-$${env:x}
            ${file:one}                    | from-file
            ${file:two}                    | from-file
            ${credential:db}               | from-systemd
            a$$b                           | a$b
            $${env:USER_NAME}              | ${env:USER_NAME}
            a$b$                           | a$b$
            """)
    void valuesComeFromElsewhere(String written, String resolved) {
        assertThat(password(written).read().database())
                .isEqualTo(new DatabaseConfig("jdbc:postgresql://db/x", "u", Secret.of(resolved)));
    }

    @Test
    void oneNewlineAtTheEndOfAFileIsNotPartOfTheValue() {
        assertThat(password("${file:lines}").read().database())
                .isEqualTo(new DatabaseConfig("jdbc:postgresql://db/x", "u", Secret.of("a\n")));
    }

    @Test
    void anyKeyMayBeAReferenceAndItsFaultsDoNotShowTheValue() {
        var config = ConfigText.in(
                        folder,
                        "transfer: {concurrency: \"${env:N}\", segments: \"${env:BAD}\"}\n"
                                + ConfigText.MINIMAL.replace("huawei-dcs", "${env:PROVIDER}")
                                + "    schedule: ${env:BAD}\n    archives: [\"${env:BAD}\"]\n")
                .env("N", "7")
                .env("BAD", ConfigText.SECRET)
                .env("PROVIDER", "huawei-dcs");

        assertThat(config.problems()).isEqualTo("""
                backhaul.yaml: 3 problems
                  transfer.segments: "${env:BAD}" stands for a value that is not accepted: want a whole number (1 to 32, default 8)
                  sources[0].archives: a name that is brought in there is no archive of this file; known here: nas
                  sources[0].schedule: "${env:BAD}" is no Quartz cron expression; write for example "0 0/10 * * * ?\"""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ${env:NONE}          | environment variable NONE is not set; set it for Backhaul, or use ${file:PATH} or ${credential:NAME}
            ${env:EMPTY}         | the value is empty; want a secret, best as ${env:NAME}, ${file:PATH} or ${credential:NAME}
            ${file:none}         | cannot read file none (no such file: FOLDER/none); make it a file that Backhaul's user can read
            ${file:credentials}  | cannot read file credentials (a directory: FOLDER/credentials); make it a file that Backhaul's user can read
            ${credential:none}   | cannot read credential none (no such file: FOLDER/credentials/none); add LoadCredential=none:PATH to the systemd unit
            ${credential:../one} | ${credential:../one} is no credential's name; for a path write ${file:PATH}
            ${vault:x}           | "${" starts no reference that is known; write ${env:NAME}, ${file:PATH} or ${credential:NAME}, or $${ where the characters themselves are meant
            """)
    void whatCannotBeHadIsAFaultWithARemedy(String written, String fault) {
        assertThat(password(written).problems())
                .isEqualTo(
                        "backhaul.yaml: 1 problem\n  database.password: " + fault.replace("FOLDER", folder.toString()));
    }

    @Test
    void credentialsNeedSystemd() {
        assertThat(password("${credential:db}").env("CREDENTIALS_DIRECTORY", "").problems())
                .isEqualTo(
                        "backhaul.yaml: 1 problem\n  database.password: no credential db: CREDENTIALS_DIRECTORY is not"
                                + " set; add LoadCredential=db:PATH to the systemd unit; by hand, as the unit's user: env"
                                + " CREDENTIALS_DIRECTORY=/etc/backhaul/credentials backhaul …");
    }

    @Test
    void theCatalogIsReadWithoutTheSecretsThatItDoesNotTakeAndNotWithoutItsOwn() {
        var elsewhere = ConfigText.in(
                folder,
                "admin: {token: \"${credential:t}\"}\n"
                        + ConfigText.MINIMAL.replace("s3cr3t-value", "${credential:sk}"));
        assertThat(elsewhere.readForCatalog().sources()).hasSize(1);

        var own = password("${env:NONE}");
        assertThatThrownBy(own::readForCatalog).hasMessageContaining("database.password: environment variable NONE");
    }

    @Test
    void whereTheDaemonListensIsReadWithoutAnyOtherReference() {
        var config = ConfigText.in(
                        folder,
                        """
                        state-dir: ${env:NONE}
                        database: {url: "${env:NONE}", user: "${env:NONE}", password: "${credential:db}"}
                        admin: {listen: "${env:LISTEN}", token: "${credential:t}"}
                        transfer: {concurrency: "${env:NONE}", bandwidth: "${env:NONE}"}
                        tls: {ca-file: "${env:NONE}"}
                        """
                                + ConfigText.MINIMAL
                                        .replace("s3cr3t-value", "${credential:sk}")
                                        .replace("huawei-dcs", "${env:NONE}")
                                        .replace("https://dcs.example.org", "${file:none}")
                                        .replace("/srv/backups", "\"${file:none}\"")
                                + "    allow-hosts: [\"${env:NONE}\"]\n    schedule: ${env:NONE}\n")
                .env("LISTEN", "127.0.0.1:7");

        assertThat(config.readForHealth()).isEqualTo(new AdminConfig("127.0.0.1", 7, null));
    }

    @Test
    void whereTheDaemonListensMustItselfBeKnown() {
        var config = ConfigText.in(folder, "admin: {listen: \"${env:NONE}\"}\n" + ConfigText.MINIMAL);

        assertThatThrownBy(config::readForHealth).hasMessageContaining("admin.listen: environment variable NONE");
    }

    private ConfigText password(String written) {
        return ConfigText.in(
                        folder,
                        "database: {url: \"jdbc:postgresql://db/x\", user: u, password: '" + written + "'}\n"
                                + ConfigText.MINIMAL)
                .env("USER_NAME", "ada")
                .env("SUFFIX", "$${env:x}")
                .env("EMPTY", "")
                .env("CREDENTIALS_DIRECTORY", folder.resolve("credentials").toString());
    }
}
