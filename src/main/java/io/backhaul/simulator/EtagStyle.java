package io.backhaul.simulator;

/** What an object's ETag is made of (contract 2.4). */
public enum EtagStyle {
    /** Put in one piece: hex MD5 of the bytes, which are read once when the file is added. */
    MD5,
    /** Put in parts: hex and {@code -3}; says nothing about the bytes. */
    MULTIPART;

    String etagOf(Content content) {
        return switch (this) {
            case MD5 -> '"' + Digests.md5(content) + '"';
            case MULTIPART -> '"' + Digests.md5(content.toString()) + "-3\"";
        };
    }
}
