package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** RFC 3986 percent-encoding: everything but {@code A-Za-z0-9-_.~}, in upper-case hex. */
final class Percent {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Percent() {}

    static String encode(String text) {
        var encoded = new StringBuilder();
        for (var b : text.getBytes(UTF_8)) {
            if (isUnreserved(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /** Encodes each segment and leaves the slashes between them. */
    static String encodePath(String path) {
        return Arrays.stream(path.split("/", -1)).map(Percent::encode).collect(Collectors.joining("/"));
    }

    /** Undoes {@link #encode}; a {@code %} that starts no escape stands for itself, a {@code +} too. */
    static String decode(String text) {
        var decoded = new ByteArrayOutputStream();
        var bytes = text.getBytes(UTF_8);
        for (var i = 0; i < bytes.length; i++) {
            if (isEscape(bytes, i)) {
                decoded.write(HexFormat.fromHexDigits(text(bytes, i)));
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(UTF_8);
    }

    private static String text(byte[] bytes, int percent) {
        return new String(bytes, percent + 1, 2, UTF_8);
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return bytes[at] == '%'
                && at + 2 < bytes.length
                && HexFormat.isHexDigit(bytes[at + 1])
                && HexFormat.isHexDigit(bytes[at + 2]);
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || "-_.~".indexOf(b) >= 0;
    }
}
