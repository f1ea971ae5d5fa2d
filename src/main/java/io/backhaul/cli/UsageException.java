package io.backhaul.cli;

/** The operator's words were understood and mean nothing here; the text says what would. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
