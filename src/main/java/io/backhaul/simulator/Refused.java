package io.backhaul.simulator;

/** Ends the handling of a request with this answer: keeps the checks of a dialect in one straight line. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient WireAnswer answer;

    Refused(WireAnswer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    WireAnswer answer() {
        return answer;
    }
}
