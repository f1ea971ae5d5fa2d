package io.backhaul.provider.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.Provider;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyFactsTest {
    private static final String ENCRYPTED = ",\"Encrypted\":true";
    private static final String DETAIL = "\"Encrypted\":true,\"DecryptKey\":\"DECRYPTSECRET\",\"KmsKeyId\":\"kms-1\","
            + "\"KeyAlgorithm\":\"AES-256-CBC\"";

    private final Crs crs = new Crs();
    private final Provider source = crs.newer();

    @AfterEach
    void stop() throws IOException {
        crs.close();
    }

    @Test
    void theKeysIdAndAlgorithmAreGivenAndTheKeyIsNot() {
        crs.says(Crs.backups(2, Crs.row("b1", "2", ENCRYPTED), Crs.row("b2", "2", ",\"Encrypted\":false")))
                .says(DETAIL);

        var listed = listed();

        assertThat(listed.coverage()).isEqualTo(new Coverage.Complete());
        assertThat(listed.backups().getFirst().given())
                .containsEntry("KmsKeyId", "kms-1")
                .containsEntry("KeyAlgorithm", "AES-256-CBC");
        assertThat(listed.toString()).doesNotContain("DECRYPTSECRET");
        assertThat(listed.backups().getLast().given()).doesNotContainKey("KmsKeyId");
        assertThat(crs.request(1).header("X-TC-Action")).isEqualTo("DescribeBackupDetail");
        assertThat(crs.question(1)).containsEntry("BackupId", "b1").containsEntry("InstanceId", "crs-aaaaaaaa");
    }

    @Test
    void theyAreAskedForOnce() {
        crs.says(Crs.backups(1, Crs.row("b1", "2", ENCRYPTED))).says(DETAIL);
        listed();
        crs.says(Crs.backups(1, Crs.row("b1", "2", ENCRYPTED)));

        assertThat(listed().backups().getFirst().given()).containsEntry("KmsKeyId", "kms-1");
        assertThat(crs.calls).containsExactly("list-backups ok", "backup-detail ok", "list-backups ok");
    }

    @Test
    void untilTheyAreKnownTheBackupIsNotReady() {
        crs.says(Crs.backups(2, Crs.row("b1", "2", ENCRYPTED), Crs.row("b2", "2", ENCRYPTED)))
                .refuses("InternalError");

        var listed = listed();

        assertThat(listed.backups()).extracting(one -> one.readiness()).containsOnly(Readiness.NOT_YET);
        assertThat(listed.coverage()).isInstanceOf(Coverage.Partial.class);
        assertThat(crs.calls).as("one failure is enough").hasSize(2);
    }

    @Test
    void whoMayNotAskGetsTheBackupAllTheSame() {
        crs.says(Crs.backups(1, Crs.row("b1", "2", ENCRYPTED))).refuses("UnauthorizedOperation.NoCAMAuthed");

        var listed = listed();

        assertThat(listed.backups().getFirst().readiness()).isEqualTo(Readiness.READY);
        assertThat(listed.coverage()).isEqualTo(new Coverage.Complete());
    }

    @Test
    void nobodyAsksAboutABackupThatIsNotThereYet() {
        crs.says(Crs.backups(1, Crs.row("b1", "1", ENCRYPTED)));

        assertThat(listed().backups()).hasSize(1);
        assertThat(crs.calls).hasSize(1);
    }

    private BackupsOutcome.Listed listed() {
        return (BackupsOutcome.Listed) source.backups(Crs.INSTANCE);
    }
}
