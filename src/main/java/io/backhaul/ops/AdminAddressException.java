package io.backhaul.ops;

/** Nothing can listen at {@code admin.listen} just now: it is taken, or no address of this machine. It may pass. */
public final class AdminAddressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AdminAddressException(String address, Exception cause) {
        super(
                "admin.listen: " + address + " cannot be listened at: " + innermost(cause)
                        + "; end what listens there, or name another address of this machine",
                cause);
    }

    private static String innermost(Throwable failure) {
        var reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
    }
}
