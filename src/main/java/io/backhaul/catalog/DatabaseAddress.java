package io.backhaul.catalog;

/** Where the catalog's PostgreSQL is; prints without the password, and without options, which may hold another. */
public record DatabaseAddress(String url, String user, String password) {
    @Override
    public String toString() {
        return url.replaceFirst("\\?.*", "") + " user=" + user;
    }
}
