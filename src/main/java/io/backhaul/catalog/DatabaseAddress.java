package io.backhaul.catalog;

/** Where the catalog's PostgreSQL is; prints without the password. */
public record DatabaseAddress(String url, String user, String password) {
    @Override
    public String toString() {
        return url + " user=" + user;
    }
}
