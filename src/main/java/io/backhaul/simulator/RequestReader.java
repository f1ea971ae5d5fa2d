package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads HTTP/1.1 requests off one connection, byte for byte; limits as Huawei's gateway has them (contract 5). */
final class RequestReader {
    private static final int MOST_LINE = 64 * 1024;
    private static final int MOST_HEADERS = 128 * 1024;
    private static final int MOST_BODY = 12 * 1024 * 1024;

    private final InputStream in;
    private final OutputStream out;

    RequestReader(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** The next request; empty when the client has hung up between two. */
    Optional<WireRequest> next() throws IOException {
        var line = line();
        if (line.isEmpty()) {
            return Optional.empty();
        }
        var words = line.get().split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw new IOException("no HTTP/1 request line");
        }
        var headers = headers();
        var bare = new WireRequest(words[0], words[1], headers, new BytesContent(new byte[0]));
        return Optional.of(new WireRequest(words[0], words[1], headers, new BytesContent(body(bare))));
    }

    private List<Header> headers() throws IOException {
        var headers = new ArrayList<Header>();
        var size = 0;
        for (var line = needLine(); !line.isEmpty(); line = needLine()) {
            size += line.length();
            var colon = line.indexOf(':');
            if (colon < 1 || size > MOST_HEADERS) {
                throw new IOException("no header, or too many bytes=" + size);
            }
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private byte[] body(WireRequest head) throws IOException {
        if (head.header("Expect").isPresent()) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
            out.flush();
        }
        if (head.header("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        return exactly(Integer.parseInt(head.header("Content-Length").orElse("0")));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var size = Integer.parseInt(needLine().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                // Trailers mean nothing to us, but they must be off the connection.
                headers();
                return body.toByteArray();
            }
            if (body.size() + size > MOST_BODY) {
                throw new IOException("body too large");
            }
            body.writeBytes(exactly(size));
            needLine();
        }
    }

    private byte[] exactly(int count) throws IOException {
        if (count > MOST_BODY) {
            throw new IOException("body too large bytes=" + count);
        }
        var bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("body ended early");
        }
        return bytes;
    }

    private String needLine() throws IOException {
        return line().orElseThrow(() -> new EOFException("request ended early"));
    }

    private Optional<String> line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return Optional.empty();
            }
            if (line.size() > MOST_LINE) {
                throw new IOException("line too long");
            }
            line.write(b);
        }
        return Optional.of(line.toString(ISO_8859_1).stripTrailing());
    }
}
