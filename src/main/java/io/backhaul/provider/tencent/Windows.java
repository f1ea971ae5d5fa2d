package io.backhaul.provider.tencent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The spans of time that a list of backups is asked for, one after the other without gaps, newest first. */
final class Windows {
    /** At most 30 days may be asked for at once (tencent-aliyun.md 1.2); less, whoever counts them. */
    private static final Duration LONGEST = Duration.ofDays(29);
    /** Beyond either end: clocks, and a zone that is only assumed. */
    private static final Duration SLACK = Duration.ofDays(1);

    /** One span; a backup that began at a bound may be in both of its spans. */
    record Window(Instant begin, Instant end) {}

    private Windows() {}

    /** At least everything of that age; as few windows as will do, and those whole. */
    static List<Window> reaching(Duration age, Instant now) {
        var windows = new ArrayList<Window>();
        var oldest = now.minus(age).minus(SLACK);
        for (var end = now.plus(SLACK); end.isAfter(oldest); end = end.minus(LONGEST)) {
            windows.add(new Window(end.minus(LONGEST), end));
        }
        return List.copyOf(windows);
    }
}
