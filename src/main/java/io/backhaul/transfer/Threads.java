package io.backhaul.transfer;

/** What the JDK leaves to everyone. */
final class Threads {
    private Threads() {}

    /** Waits for a thread's end, whatever happens; an interrupt is kept for afterwards. */
    static void join(Thread thread) {
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
