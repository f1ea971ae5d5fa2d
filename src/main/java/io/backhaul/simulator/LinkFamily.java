package io.backhaul.simulator;

/** The kinds of signed links that OBS has (contract 2.3). */
public enum LinkFamily {
    /** As S3's old ones: {@code AWSAccessKeyId}, {@code Expires}, {@code Signature}. */
    V2("AWSAccessKeyId"),
    /** OBS's own: the same signature under another key name. */
    OBS("AccessKeyId"),
    /** As S3's newer ones: {@code X-Amz-Date}, {@code X-Amz-Expires}, {@code X-Amz-Signature}; the host is signed. */
    V4("X-Amz-Credential");

    private final String keyName;

    LinkFamily(String keyName) {
        this.keyName = keyName;
    }

    String keyName() {
        return keyName;
    }
}
