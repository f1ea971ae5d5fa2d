package io.backhaul.catalog;

import java.util.List;

/** The database cannot be used: not started, not reachable, not of a version we can open. Says what to do about it. */
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CatalogException(String message) {
        super(message);
    }

    CatalogException(String message, Throwable cause) {
        super(message, cause);
    }

    static CatalogException ofCommand(List<String> command, int exitCode, String output) {
        return new CatalogException("embedded PostgreSQL: " + command.getFirst() + " failed, exit=" + exitCode
                + " output=" + output.strip());
    }
}
