package io.backhaul.provider.aliyun;

import io.backhaul.provider.AccessKey;

/** The ways in which Alibaba's gateways let a request be signed (tencent-aliyun.md 3.3, 3.4). */
public enum AliyunSignature {
    /** ACS3-HMAC-SHA256: what today's clients use. */
    ACS3,
    /** Signature 1.0, with SHA-1: for gateways that know nothing newer. */
    RPC;

    AliyunSigner signer(AccessKey key) {
        return switch (this) {
            case ACS3 -> new Acs3Signer(key);
            case RPC -> new RpcSigner(key);
        };
    }
}
