package io.backhaul.simulator;

import java.time.Instant;

/**
 * A task that makes a backup set ready for download (tencent-aliyun.md 2.3).
 *
 * @param endsAt when it is done, or has failed
 * @param ending what it then is
 */
record OceanBaseTask(long id, String setId, Instant createdAt, Instant endsAt, State ending) {
    enum State {
        RUNNING,
        DONE,
        FAILED
    }

    State at(Instant now) {
        return now.isBefore(endsAt) ? State.RUNNING : ending;
    }
}
