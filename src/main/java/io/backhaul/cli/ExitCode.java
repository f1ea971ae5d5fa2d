package io.backhaul.cli;

/** What a command's exit code says: who must act (DESIGN 6). */
enum ExitCode {
    DONE(0),
    USAGE(1),
    /** Of {@code health} alone: containers know 0 for healthy, 1 for not, and reserve 2. */
    NOT_READY(1),
    CONFIGURATION(2),
    PROVIDER(3),
    DATABASE(4),
    ARCHIVE(5),
    LOST(6),
    OUR_BUG(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
