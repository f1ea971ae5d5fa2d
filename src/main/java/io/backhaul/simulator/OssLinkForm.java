package io.backhaul.simulator;

/** The kinds of signed links that OSS has (tencent-aliyun.md 2.4). */
public enum OssLinkForm {
    /** {@code Expires}, {@code OSSAccessKeyId}, {@code Signature}. */
    V1,
    /** {@code x-oss-date}, {@code x-oss-expires}, {@code x-oss-signature}. */
    V4
}
