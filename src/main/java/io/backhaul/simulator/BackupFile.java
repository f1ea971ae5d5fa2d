package io.backhaul.simulator;

/**
 * One file of a backup.
 *
 * @param name as the provider will call it; may be as hostile as you like
 */
public record BackupFile(String name, Content content, EtagStyle etagStyle) {
    /** A file whose ETag is its MD5. */
    public static BackupFile of(String name, Content content) {
        return new BackupFile(name, content, EtagStyle.MD5);
    }

    /** A file with an ETag that is no MD5: for large content, which then need not be read beforehand. */
    public static BackupFile inParts(String name, Content content) {
        return new BackupFile(name, content, EtagStyle.MULTIPART);
    }
}
