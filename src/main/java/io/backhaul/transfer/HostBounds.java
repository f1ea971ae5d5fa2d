package io.backhaul.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * How many streams there may be to each store host, over all files. A file's first stream waits for its turn, in the
 * order of asking and holding nothing meanwhile; further streams never wait, never take what a first one waits for, and
 * are asked to make room for it: so every file moves as long as there are no more files than streams. Any thread.
 */
final class HostBounds {
    /** A wait looks up this often whether it is stopped. */
    private static final long LOOK_MILLIS = 50;

    private final int most;
    private final Map<String, Host> hosts = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** @param most streams to one host */
    HostBounds(int most) {
        this.most = most;
    }

    private static final class Host {
        private int streams;
        private final Deque<Object> waiting = new ArrayDeque<>();
    }

    /**
     * Waits for the first stream of a file.
     *
     * @return false when it was stopped meanwhile, and nothing was taken
     * @throws InterruptedException as good as stopped
     */
    boolean takeFirst(String name, BooleanSupplier isStopped) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var host = hosts.computeIfAbsent(name, unknown -> new Host());
            var ticket = new Object();
            host.waiting.add(ticket);
            try {
                while (host.streams >= most || !ticket.equals(host.waiting.peek())) {
                    if (isStopped.getAsBoolean()) {
                        return false;
                    }
                    changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                }
                host.streams++;
                return true;
            } finally {
                host.waiting.remove(ticket);
                changed.signalAll();
                forgetIfIdle(name, host);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes another stream of a file that has its first; false when there is no room, or somebody waits for it. */
    boolean takeMore(String name) {
        lock.lock();
        try {
            var host = hosts.get(name);
            if (host == null || host.streams >= most || !host.waiting.isEmpty()) {
                return false;
            }
            host.streams++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void giveBack(String name) {
        lock.lock();
        try {
            var host = hosts.get(name);
            if (host == null || host.streams == 0) {
                throw new IllegalStateException("nothing was taken of " + name);
            }
            host.streams--;
            changed.signalAll();
            forgetIfIdle(name, host);
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether files wait for their first stream: whoever has more than that should give one up. */
    boolean isWaitedFor(String name) {
        lock.lock();
        try {
            var host = hosts.get(name);
            return host != null && !host.waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void forgetIfIdle(String name, Host host) {
        if (host.streams == 0 && host.waiting.isEmpty()) {
            hosts.remove(name);
        }
    }
}
