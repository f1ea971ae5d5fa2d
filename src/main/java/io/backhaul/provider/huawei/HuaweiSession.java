package io.backhaul.provider.huawei;

import org.jspecify.annotations.Nullable;

/**
 * What goes with a request besides a signature: where it is asked, and by whom. Never prints.
 *
 * @param project fit for a path
 * @param token null where requests are signed
 */
record HuaweiSession(String project, @Nullable String token) {
    @Override
    public String toString() {
        return "project=" + project;
    }
}
