package io.backhaul.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** RFC 3986 as the clouds' signatures want it: everything but the unreserved characters is encoded, upper-case hex. */
public final class PercentEncoding {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    private PercentEncoding() {}

    /** Encodes a text; a percent sign in it is encoded too. */
    public static String encode(String text) {
        var encoded = new StringBuilder();
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    /** Decodes {@code %XX}; a plus stays a plus, and a percent sign without two hex digits stays as it is. */
    public static String decode(String text) {
        var decoded = new ByteArrayOutputStream();
        var octets = text.getBytes(StandardCharsets.UTF_8);
        for (var i = 0; i < octets.length; i++) {
            if (octets[i] == '%' && i + 2 < octets.length && isHex(octets[i + 1]) && isHex(octets[i + 2])) {
                decoded.write(HexFormat.fromHexDigit(octets[i + 1]) * 16 + HexFormat.fromHexDigit(octets[i + 2]));
                i += 2;
            } else {
                decoded.write(octets[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static boolean isHex(byte octet) {
        return octet >= 0 && HexFormat.isHexDigit(octet);
    }
}
