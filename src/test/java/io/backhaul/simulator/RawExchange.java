package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One request over a connection of its own, seen as it is: a proper client would hide, retry or repair what we test. */
final class RawExchange implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    private RawExchange(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RawExchange send(URI endpoint, String method, String target, List<Header> headers, String body)
            throws IOException {
        var text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + endpoint.getAuthority() + "\r\n");
        headers.forEach(h -> text.append(h.name() + ": " + h.value() + "\r\n"));
        text.append("Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
        var socket = new Socket(endpoint.getHost(), endpoint.getPort());
        socket.getOutputStream().write(text.toString().getBytes(ISO_8859_1));
        return new RawExchange(socket);
    }

    /** Reads what there is until the other side ends it. */
    Answer answer() {
        var status = 0;
        var headers = new ArrayList<Header>();
        var body = new ByteArrayOutputStream();
        try {
            var first = line();
            status = first.isEmpty() ? 0 : Integer.parseInt(first.split(" ", -1)[1]);
            for (var line = line(); !line.isEmpty(); line = line()) {
                var colon = line.indexOf(':');
                headers.add(new Header(line.substring(0, colon), line.substring(colon + 2)));
            }
            for (var b = in.read(); b >= 0; b = in.read()) {
                body.write(b);
            }
        } catch (IOException e) {
            return new Answer(status, headers, body.toString(ISO_8859_1), true);
        }
        return new Answer(status, headers, body.toString(ISO_8859_1), false);
    }

    /** Reads past the head, and so many bytes of the body. */
    String bodyStart(int count) throws IOException {
        while (!line().isEmpty()) {
            // the head is not asked for
        }
        return new String(in.readNBytes(count), ISO_8859_1);
    }

    /** Reads the body on to its end. */
    String bodyRest() throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /** Whether a byte comes in this time; does not take it. */
    boolean hasMoreWithin(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        in.mark(1);
        try {
            return in.read() >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            in.reset();
            socket.setSoTimeout(0);
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
