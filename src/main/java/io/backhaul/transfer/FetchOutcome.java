package io.backhaul.transfer;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.CheckResult;
import io.backhaul.backup.StoredFile;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a fetch ended. No detail ever holds a link's query or a secret that a store repeated from it. */
public sealed interface FetchOutcome {
    /** The same as one word for the catalog. */
    AttemptOutcome asAttempt();

    /** One line for people. */
    String detail();

    /** The file stands whole in staging; no check has failed. */
    record Complete(StoredFile file) implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.COMPLETE;
        }

        @Override
        public String detail() {
            return file.size() + ", sha256 " + file.sha256();
        }
    }

    /**
     * The store refused the link. Whether that is expiry is for the caller to judge by its clock: stores word it
     * alike with policy (contracts/tencent-aliyun.md 2.4).
     *
     * @param storeCode the store's own code, such as {@code AccessDenied}, where it gave one
     */
    record LinkDead(int status, @Nullable String storeCode, String detail) implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.LINK_DEAD;
        }
    }

    /** The store has no such object, or no longer. */
    record ObjectMissing(String detail) implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.OBJECT_MISSING;
        }
    }

    /** No connection, or it broke, or the body ended early; what came is kept. */
    record Cut(String detail) implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.CUT;
        }
    }

    /** No byte came for the stall time-out; what came is kept. */
    record Stalled(String detail) implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.STALLED;
        }
    }

    /**
     * The store wants us to wait.
     *
     * @param retryAt from its Retry-After, by our clock; null when it did not say
     */
    record Throttled(@Nullable Instant retryAt, String detail) implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.THROTTLED;
        }
    }

    /** The store is in trouble. */
    record ServerFault(String detail) implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.SERVER_FAULT;
        }
    }

    /** The object is not the one that the staged bytes came from; they were discarded, the next fetch starts afresh. */
    record NewGeneration(String detail) implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.NEW_GENERATION;
        }
    }

    /** A success that is not the file: an error page, another size, a range that was not asked for. What was staged stays. */
    record NotTheFile(String detail) implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.NOT_THE_FILE;
        }
    }

    /** All bytes came, as far as can be told, and at least one check failed; they were discarded. */
    record Damaged(List<CheckResult> checks) implements FetchOutcome {
        public Damaged {
            checks = List.copyOf(checks);
        }

        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.DAMAGED;
        }

        /** The failed checks; equal texts of two fetches mean that the same bytes failed in the same way. */
        @Override
        public String detail() {
            return checks.stream()
                    .filter(check -> check.verdict() == CheckResult.Verdict.FAILED)
                    .map(check -> check.check() + ": " + check.detail())
                    .collect(Collectors.joining("; "));
        }
    }

    /** The link or a redirect leads where it may not. */
    record TargetRefused(String detail) implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.TARGET_REFUSED;
        }
    }

    /** The staging disk is full, or would be. */
    record NoRoom(String detail) implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.NO_ROOM;
        }
    }

    /** The staging disk failed in another way. */
    record DiskFault(String detail) implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.DISK_FAULT;
        }
    }

    /** The daemon is stopping; what came is kept. */
    record Stopped() implements FetchOutcome {
        @Override
        public AttemptOutcome asAttempt() {
            return AttemptOutcome.STOPPED;
        }

        @Override
        public String detail() {
            return "stopped by us";
        }
    }
}
