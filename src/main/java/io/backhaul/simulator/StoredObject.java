package io.backhaul.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object of the store; a new version is a new value.
 *
 * @param fileName what the backup calls it; the key may differ
 * @param etag with its quotes; null when the store shows none
 */
record StoredObject(
        String bucket,
        String key,
        String fileName,
        Content content,
        @Nullable String etag,
        EtagStyle etagStyle,
        Instant lastModified) {

    /** Bucket and key as they are, unencoded: what the object is found by. */
    String path() {
        return "/" + bucket + "/" + key;
    }

    /** As it stands in a link. */
    String encodedPath() {
        return Percent.encodePath(path());
    }

    StoredObject replacedBy(Content other, Instant at) {
        return new StoredObject(bucket, key, fileName, other, etagStyle.etagOf(other), etagStyle, at);
    }

    StoredObject withoutEtag() {
        return new StoredObject(bucket, key, fileName, content, null, etagStyle, lastModified);
    }

    StoredObject showing(Content other) {
        return new StoredObject(bucket, key, fileName, other, etag, etagStyle, lastModified);
    }
}
