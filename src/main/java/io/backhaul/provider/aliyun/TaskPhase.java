package io.backhaul.provider.aliyun;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the status of a download task means. The documents name two words, {@code RUNNING} and {@code not_exist}
 * (tencent-aliyun.md 2.3); the others are told by how they sound.
 */
enum TaskPhase {
    /** At work, whatever links are there already. */
    RUNNING,
    /** Came to nothing, or what it made is no more. */
    FAILED,
    /** There is no such task. */
    ABSENT,
    /** None of these: over if there are links, else at work. */
    UNKNOWN;

    private static final List<String> OF_ABSENCE =
            List.of("not_exist", "notexist", "not exist", "not_found", "notfound");
    private static final List<String> OF_FAILURE =
            List.of("fail", "error", "cancel", "abort", "expire", "overdue", "timeout", "timed_out", "deleted");
    private static final Set<String> OF_WORK =
            Set.of("init", "begin", "start", "started", "prepare", "queued", "submitted", "created", "run");

    static TaskPhase of(String status) {
        var word = status.strip().toLowerCase(Locale.ROOT);
        if (OF_ABSENCE.stream().anyMatch(word::contains)) {
            return ABSENT;
        }
        if (OF_FAILURE.stream().anyMatch(word::contains)) {
            return FAILED;
        }
        return OF_WORK.contains(word) || word.endsWith("ing") ? RUNNING : UNKNOWN;
    }

    /** Tells whether nothing will come of the task any more. */
    boolean isLost() {
        return this == FAILED || this == ABSENT;
    }
}
