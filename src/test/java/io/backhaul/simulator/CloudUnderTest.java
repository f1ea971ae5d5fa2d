package io.backhaul.simulator;

import io.backhaul.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A started cloud with one instance, {@code i}, and one backup of it, {@code b}, whose first file is {@code a.rdb}. */
abstract class CloudUnderTest {
    static final String BYTES = "0123456789abcdefghij";
    static final Instant CREATED = Instant.parse("2026-11-20T18:00:00Z");

    final ManualClock clock = ManualClock.at("2026-11-21T00:00:00Z");
    final SimulatedCloud cloud =
            new SimulatedCloud(CloudSettings.of(Caller.ACCESS_KEY, Caller.SECRET_KEY, Caller.PROJECT, clock));
    Caller caller = new Caller(URI.create("http://127.0.0.1"), clock);

    @BeforeEach
    void start() {
        cloud.start();
        caller = new Caller(cloud.endpoint(), clock);
        cloud.dcs().add(DcsInstance.masterStandby("i", "orders", "5.0", 4));
        addBackup("b", 0, BackupFile.of("a.rdb", Content.text(BYTES)));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    void addBackup(String id, int secondsLater, BackupFile... files) {
        cloud.dcs().add("i", DcsBackup.of(id, CREATED.plusSeconds(secondsLater), List.of(files)));
    }

    String link() throws IOException {
        return caller.link("i", "b");
    }

    /** Orders one strike on the file. */
    void strikeFile(FaultOrder order) {
        cloud.faults().inject(order, FaultTarget.file("a.rdb"), 1);
    }

    static String code(Answer answer) {
        return Caller.json(answer).path("error_code").stringValue();
    }
}
