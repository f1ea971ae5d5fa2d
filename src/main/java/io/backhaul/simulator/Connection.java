package io.backhaul.simulator;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection: request, answer, request, until one side has had enough. */
final class Connection implements Runnable, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int BLOCK = 64 * 1024;

    private final Socket socket;
    private final Wire.Handler handler;
    private final Pace pace;

    Connection(Socket socket, Wire.Handler handler, Pace pace) {
        this.socket = socket;
        this.handler = handler;
        this.pace = pace;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            var out = new BufferedOutputStream(socket.getOutputStream(), BLOCK);
            var reader = new RequestReader(new BufferedInputStream(socket.getInputStream()), out);
            for (var request = reader.next(); request.isPresent(); request = reader.next()) {
                if (!answer(request.get(), out)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("connection ended with the cloud reason={}", e.getMessage());
        } catch (IOException | NumberFormatException e) {
            // Clients may hang up whenever they like, and some tests send nonsense.
            LOG.debug("connection ended reason={}", e.toString());
        }
    }

    /** Answers one request; false when the connection ends with it. */
    private boolean answer(WireRequest request, OutputStream out) throws IOException, InterruptedException {
        var release = pace.nextRelease();
        var answer = handler.answer(request);
        var delivery = answer.delivery();
        if (delivery.end() == Delivery.End.NOTHING) {
            tear();
            return false;
        }
        out.write(answer.head());
        if (!request.method().equals("HEAD")) {
            send(answer, out, release);
        }
        out.flush();
        if (delivery.end() == Delivery.End.RESET) {
            tear();
        }
        return delivery.end() != Delivery.End.RESET
                && delivery.end() != Delivery.End.CLOSE
                && request.keepsConnection();
    }

    private void send(WireAnswer answer, OutputStream out, CountDownLatch release)
            throws IOException, InterruptedException {
        var delivery = answer.delivery();
        var length = answer.body().length();
        var turn = Math.min(delivery.after(), length);
        var begun = System.nanoTime();
        sendPart(answer, out, 0, turn, begun);
        if (delivery.end() == Delivery.End.STALL) {
            out.flush();
            pace.stall(release);
        }
        if (delivery.end() == Delivery.End.STALL || delivery.end() == Delivery.End.WHOLE) {
            sendPart(answer, out, turn, length, begun);
        }
    }

    private void sendPart(WireAnswer answer, OutputStream out, long from, long to, long begun)
            throws IOException, InterruptedException {
        var rate = answer.delivery().bytesPerSecond();
        // A slow body comes in twenty small steps a second, not in bursts.
        var block = new byte[(int) Math.max(1, Math.min(BLOCK, rate / 20))];
        for (var at = from; at < to; ) {
            var count = (int) Math.min(block.length, to - at);
            answer.body().read(at, block, 0, count);
            out.write(block, 0, count);
            at += count;
            if (rate < Delivery.UNLIMITED) {
                out.flush();
                var due = begun + (long) (at * 1e9 / rate);
                pace.waitFor(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            }
        }
    }

    /** Makes the following close an RST instead of a FIN. */
    private void tear() throws IOException {
        socket.setSoLinger(true, 0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
