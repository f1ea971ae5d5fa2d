package io.backhaul.provider.huawei;

import java.time.Instant;

/** A token with what it is good for. Never prints. */
record IamToken(String text, String project, Instant expiresAt) {
    HuaweiSession session() {
        return new HuaweiSession(project, text);
    }

    @Override
    public String toString() {
        return "***";
    }
}
