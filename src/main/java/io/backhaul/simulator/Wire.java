package io.backhaul.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP/1.1 server on the loopback address, one thread for each connection.
 *
 * <p>It is our own, because a proper server would not let us lie: Jetty (under Javalin) refuses a body that is shorter
 * than its Content-Length, adds Date from the wall clock, decodes and normalises paths before a signature over their
 * raw bytes can be checked, and neither tears a connection nor keeps it half open on order. Faults are this package's
 * trade, so it writes its own bytes.
 */
final class Wire {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    /** Connections that may wait to be accepted. */
    private static final int BACKLOG = 50;

    /** Turns a request into an answer; called by many threads. */
    interface Handler {
        WireAnswer answer(WireRequest request) throws InterruptedException;
    }

    private final Handler handler;
    private final Pace pace;
    private final AtomicInteger counter = new AtomicInteger();
    private final Map<Thread, Connection> connections = new HashMap<>();
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;

    Wire(Handler handler, Pace pace) {
        this.handler = handler;
        this.pace = pace;
    }

    /** @param port the one to take; a free one where that is zero, or taken */
    synchronized void start(int port) {
        if (listener != null) {
            throw new IllegalStateException("already started");
        }
        try {
            var socket = bound(port);
            listener = socket;
            acceptor = thread("accept", () -> accept(socket));
            acceptor.start();
        } catch (IOException e) {
            throw new UncheckedIOException("opening a port on the loopback address", e);
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        try {
            return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (BindException e) {
            LOG.info("port is taken, another will do port={}", port);
            return new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        }
    }

    synchronized URI endpoint() {
        if (listener == null) {
            throw new IllegalStateException("not started");
        }
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Ends every connection and waits for every thread; may be called twice. */
    void close() {
        pace.close();
        for (var thread : hangUp()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized List<Thread> hangUp() {
        closeQuietly(listener);
        connections.values().forEach(Wire::closeQuietly);
        var threads = new ArrayList<>(connections.keySet());
        if (acceptor != null) {
            threads.add(acceptor);
        }
        return threads;
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                open(new Connection(socket.accept(), handler, pace));
            }
        } catch (IOException e) {
            LOG.debug("no more connections reason={}", e.getMessage());
        }
    }

    private synchronized void open(Connection connection) {
        if (listener == null || listener.isClosed()) {
            closeQuietly(connection);
            return;
        }
        var thread = thread("connection-" + counter.incrementAndGet(), () -> serve(connection));
        connections.put(thread, connection);
        thread.start();
    }

    private void serve(Connection connection) {
        try {
            connection.run();
        } finally {
            synchronized (this) {
                connections.remove(Thread.currentThread());
            }
        }
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name("simulator-" + name).unstarted(work);
    }

    private static void closeQuietly(@Nullable Closeable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (IOException e) {
            LOG.debug("closing failed reason={}", e.toString());
        }
    }
}
