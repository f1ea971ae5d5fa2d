package io.backhaul.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A loop-back HTTP server that plays a script. A socket of its own rather than the JDK's server, because that one
 * always adds a Date and always keeps HTTP's rules.
 */
public final class ScriptedCloud implements AutoCloseable {
    /** A request as it stood on the wire. */
    public record Received(String method, String target, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** An answer, byte for byte. */
    public record Reply(String wire) {
        public static Reply of(int status, String body, String... headers) {
            var lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            // A 204 has no length, and no body to measure.
            var length = status == 204 ? "" : "Content-Length: " + body.getBytes(UTF_8).length + "\r\n";
            return new Reply(
                    "HTTP/1.1 " + status + " Scripted\r\n" + lines + length + "Connection: close\r\n\r\n" + body);
        }

        public static Reply json(String body, String... headers) {
            return of(200, body, headers);
        }

        /** Hangs up without a word. */
        public static Reply hangUp() {
            return new Reply("");
        }
    }

    private final ServerSocket socket;
    private final ConcurrentLinkedQueue<Function<Received, Reply>> script = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Socket> held = new CopyOnWriteArrayList<>();

    private ScriptedCloud(ServerSocket socket) {
        this.socket = socket;
    }

    public static ScriptedCloud start() {
        try {
            var cloud = new ScriptedCloud(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofPlatform().daemon().name("scripted-cloud").start(cloud::serve);
            return cloud;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Adds the next answer; a request beyond the script gets a 599. */
    public ScriptedCloud then(Reply reply) {
        return then(request -> reply);
    }

    public ScriptedCloud then(Function<Received, Reply> reply) {
        script.add(reply);
        return this;
    }

    /** Adds an answer that never comes. */
    public ScriptedCloud thenSilence() {
        return then(new Reply("silence"));
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var one : held) {
            one.close();
        }
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.ofPlatform().daemon().start(() -> answer(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket connection) {
        try {
            var request = read(new BufferedInputStream(connection.getInputStream()));
            received.add(request);
            var next = script.poll();
            var reply = next == null ? Reply.of(599, "beyond the script") : next.apply(request);
            if (reply.wire().equals("silence")) {
                held.add(connection);
                return;
            }
            connection.getOutputStream().write(reply.wire().getBytes(UTF_8));
            connection.close();
        } catch (IOException e) {
            // The client hung up: its outcome is what the test looks at.
            held.add(connection);
        }
    }

    private static Received read(InputStream in) throws IOException {
        var start = line(in).split(" ", -1);
        var headers = new TreeMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Received(start[0], start[1], headers, new String(in.readNBytes(length), UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("the client left in the middle of a head");
            }
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(ISO_8859_1);
    }
}
