package io.backhaul.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store on a raw socket that answers request by request as it is told, and keeps what it was asked byte for byte. */
final class ScriptedStore implements AutoCloseable {
    private final ServerSocket socket;
    private final BlockingQueue<Reply> script = new LinkedBlockingQueue<>();
    private volatile Function<Seen, Reply> rest =
            request -> answer("500 Unscripted", "nothing was scripted for this request");
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    ScriptedStore() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("scripted-store").start(this::serve);
    }

    /** Sends an answer; what it throws cuts the connection. */
    @FunctionalInterface
    interface Reply {
        void send(OutputStream out) throws IOException;
    }

    /** Thrown by a reply to end its connection with a reset. */
    static final class ConnectionReset extends IOException {}

    /** A request as it came. */
    record Seen(String line, List<String> headers) {
        String target() {
            return line.split(" ", -1)[1];
        }

        @Nullable
        String header(String name) {
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse(null);
        }
    }

    ScriptedStore then(Reply reply) {
        script.add(reply);
        return this;
    }

    /** Answers whatever nothing is scripted for. */
    void otherwise(Function<Seen, Reply> rest) {
        this.rest = rest;
    }

    int port() {
        return socket.getLocalPort();
    }

    String url(String target) {
        return "http://127.0.0.1:" + port() + target;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    Seen last() {
        return seen.getLast();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** An answer with a Content-Length; headers as {@code Name: value}. */
    static Reply answer(String status, byte[] body, String... headers) {
        return out -> {
            head(out, status, "Content-Length: " + body.length, headers);
            out.write(body);
        };
    }

    /** The same with a text, for error documents. */
    static Reply answer(String status, String body, String... headers) {
        return answer(status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Announces a length and cuts the connection after fewer bytes. */
    static Reply cut(String status, long announced, byte[] body, String... headers) {
        return out -> {
            head(out, status, "Content-Length: " + announced, headers);
            out.write(body);
            out.flush();
        };
    }

    /** Without a Content-Length, in one chunk. */
    static Reply chunked(String status, byte[] body, String... headers) {
        return out -> {
            head(out, status, "Transfer-Encoding: chunked", headers);
            out.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** Without a Content-Length: it ends with the connection. */
    static Reply unframed(String status, byte[] body, String... headers) {
        return out -> {
            head(out, status, "Accept-Ranges: bytes", headers);
            out.write(body);
        };
    }

    private static void head(OutputStream out, String status, String framing, String... headers) throws IOException {
        var head = new StringBuilder("HTTP/1.1 " + status + "\r\nConnection: close\r\n" + framing + "\r\n");
        for (var header : headers) {
            head.append(header).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.ofPlatform().daemon().name("scripted-store-reply").start(() -> reply(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void reply(Socket connection) {
        try (connection) {
            converse(connection);
        } catch (IOException e) {
            // the client went away, or the script wants the connection cut
        }
    }

    private void converse(Socket connection) throws IOException {
        try {
            var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            var line = in.readLine();
            if (line == null) {
                return;
            }
            var headers = new ArrayList<String>();
            for (var next = in.readLine(); next != null && !next.isEmpty(); next = in.readLine()) {
                headers.add(next);
            }
            var request = new Seen(line, List.copyOf(headers));
            seen.add(request);
            var reply = script.poll();
            var out = connection.getOutputStream();
            (reply == null ? rest.apply(request) : reply).send(out);
            out.flush();
            connection.shutdownOutput();
        } catch (ConnectionReset e) {
            // closing it now loses what is on its way
            connection.setSoLinger(true, 0);
        }
    }
}
