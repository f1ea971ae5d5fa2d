package io.backhaul.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.ByteCount;
import io.backhaul.config.Bandwidth.Hours;
import io.backhaul.config.Bandwidth.Timetable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandwidthTest {
    private static final ByteCount DAY = new ByteCount(50L << 20);
    private static final ByteCount NIGHT = new ByteCount(200L << 20);

    @TempDir
    private Path folder;

    private @Nullable Bandwidth read(String keys) {
        var config = ConfigText.in(folder, "transfer: {" + keys + "}\n" + ConfigText.MINIMAL);
        return config.read().transfer().bandwidth();
    }

    @Test
    void aRateIsForEveryHour() {
        assertThat(read("bandwidth: 50MiB/s")).isEqualTo(new Bandwidth.Steady(DAY));
    }

    @Test
    void hoursAreOfTheMachinesZoneUnlessOneIsGiven() {
        var hours = List.of(
                new Hours(LocalTime.of(8, 0), LocalTime.of(20, 0), DAY),
                new Hours(LocalTime.of(22, 30), LocalTime.MIDNIGHT, NIGHT));
        var written =
                "bandwidth: [{from: 08:00, to: \"20:00\", rate: 50MiB/s}, {from: 22:30, to: 24:00, rate: 200MiB/s}]";

        assertThat(read(written)).isEqualTo(new Timetable(hours, ZoneId.systemDefault()));
        assertThat(read(written + ", time-zone: Asia/Shanghai"))
                .isEqualTo(new Timetable(hours, ZoneId.of("Asia/Shanghai")));
    }

    @Test
    void aSourceHasATimetableOfItsOwnByTheSameClock() {
        var source = ConfigText.in(
                        folder,
                        "transfer: {time-zone: Asia/Shanghai}\n" + ConfigText.MINIMAL
                                + "    concurrency: 2\n    bandwidth: [{from: \"08:00\", to: \"20:00\", rate: 50MiB/s}]\n")
                .readSource();

        assertThat(source.concurrency()).isEqualTo(2);
        assertThat(source.bandwidth())
                .isEqualTo(new Timetable(
                        List.of(new Hours(LocalTime.of(8, 0), LocalTime.of(20, 0), DAY)), ZoneId.of("Asia/Shanghai")));
    }

    @ParameterizedTest
    @CsvSource({
        "08:00, 20:00, 07:59:59.999999999, false",
        "08:00, 20:00, 08:00, true",
        "08:00, 20:00, 19:59:59.999999999, true",
        "08:00, 20:00, 20:00, false",
        "22:00, 06:00, 22:00, true",
        "22:00, 06:00, 00:00, true",
        "22:00, 06:00, 05:59, true",
        "22:00, 06:00, 06:00, false",
        "22:00, 06:00, 21:59, false",
        "22:00, 00:00, 23:59, true",
        "22:00, 00:00, 00:00, false",
        "00:00, 06:00, 00:00, true",
        "09:00, 09:00, 08:59, true",
    })
    void fromCountsAndToDoesNotAlsoOverMidnight(LocalTime from, LocalTime to, LocalTime time, boolean inside) {
        var timetable = new Timetable(List.of(new Hours(from, to, DAY)), ZoneId.of("UTC"));

        assertThat(timetable.at(Instant.parse("2026-11-21T" + time + (time.getSecond() == 0 ? ":00Z" : "Z"))))
                .isEqualTo(inside ? DAY : null);
    }

    /** In Berlin clocks go from 02:00 to 03:00 on 29 March 2026, and back from 03:00 to 02:00 on 25 October. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-29T00:59:59Z, false",
        "2026-03-29T01:00:00Z, true",
        "2026-03-29T01:59:59Z, true",
        "2026-03-29T02:00:00Z, false",
        "2026-10-25T00:29:59Z, false",
        "2026-10-25T00:30:00Z, true",
        "2026-10-25T01:00:00Z, false",
        "2026-10-25T01:30:00Z, true",
        "2026-10-25T02:59:59Z, true",
        "2026-10-25T03:00:00Z, false",
    })
    void hoursAreThoseThatClocksShowAlsoWhenTheyArePutForwardOrBack(Instant time, boolean inside) {
        var hours = new Hours(LocalTime.of(2, 30), LocalTime.of(4, 0), DAY);

        assertThat(new Timetable(List.of(hours), ZoneId.of("Europe/Berlin")).at(time))
                .isEqualTo(inside ? DAY : null);
    }
}
