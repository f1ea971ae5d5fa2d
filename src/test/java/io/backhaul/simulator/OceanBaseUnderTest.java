package io.backhaul.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** A started cloud with one cluster, {@code ob1}, and one backup set of it, {@code 1001}, in two parts. */
abstract class OceanBaseUnderTest {
    static final String BYTES = "0123456789abcdefghij";
    static final Instant STARTED = Instant.parse("2026-11-20T18:00:00Z");
    static final Duration TAKEN = Duration.ofMinutes(5);

    final ManualClock clock = ManualClock.at("2026-11-21T00:00:00Z");
    final SimulatedCloud cloud = new SimulatedCloud(
            CloudSettings.of(AcsCaller.ID, AcsCaller.SECRET, "unused", clock).withRegion("cn-hangzhou"));
    AcsCaller caller = new AcsCaller(URI.create("http://127.0.0.1"), clock);

    @BeforeEach
    void start() {
        cloud.start();
        caller = new AcsCaller(cloud.endpoint(), clock);
        cloud.oceanbase().add(OceanBaseInstance.online("ob1", "orders", 200));
        cloud.oceanbase().preparationsTake(TAKEN);
        addBackup("1001", 0, BackupFile.inParts("a.zip", Content.text(BYTES)), BackupFile.inParts("b.zip", zip()));
    }

    @AfterEach
    void closeAfterEveryOrderWasUsed() {
        assertThat(cloud.faults().pending()).isZero();
        cloud.close();
    }

    static Content zip() {
        return ZipFiles.ofSize(7, 100_000);
    }

    void addBackup(String id, int secondsLater, BackupFile... files) {
        cloud.oceanbase().add("ob1", OceanBaseBackup.of(id, STARTED.plusSeconds(secondsLater), List.of(files)));
    }

    /** Begins a download task and gives its id. */
    String prepare(String set) throws IOException {
        return caller.json("CreateBackupSetDownloadLink", "InstanceId=ob1&BackupSetId=" + set)
                .at("/Data/DownloadTaskId")
                .asString();
    }

    /** What the API tells of a task. */
    JsonNode look(String task) throws IOException {
        return caller.json("DescribeBackupSetDownloadLink", "InstanceId=ob1&DownloadTaskId=" + task)
                .path("Data");
    }

    /** The first link of the set. */
    String link() throws IOException {
        var task = prepare("1001");
        clock.advance(TAKEN);
        return look(task).path("InternalUrl").stringValue();
    }
}
