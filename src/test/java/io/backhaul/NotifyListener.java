package io.backhaul;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The other end of sd_notify(3), as systemd binds it: a datagram socket that keeps what comes until it is read. */
public final class NotifyListener implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;

    private final LibC libc = Native.load("c", LibC.class);
    private final int socket = libc.socket(AF_UNIX, SOCK_DGRAM, 0);

    interface LibC extends Library {
        int socket(int domain, int type, int protocol) throws LastErrorException;

        int bind(int socket, byte[] address, int length) throws LastErrorException;

        NativeLong recv(int socket, byte[] into, NativeLong length, int flags) throws LastErrorException;

        int close(int socket) throws LastErrorException;
    }

    /** @param address of unix(7): a path, or a zero and an abstract name */
    public NotifyListener(String address) {
        var name = address.getBytes(UTF_8);
        var bytes = ByteBuffer.allocate(2 + name.length)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX)
                .put(name)
                .array();
        libc.bind(socket, bytes, bytes.length);
    }

    /** The next message, waited for. */
    public String next() {
        var buffer = new byte[4096];
        var length = libc.recv(socket, buffer, new NativeLong(buffer.length), 0).intValue();
        return new String(Arrays.copyOf(buffer, length), UTF_8);
    }

    /** The next message that begins like this; others are dropped. */
    public String next(String beginning) {
        while (true) {
            var message = next();
            if (message.startsWith(beginning)) {
                return message;
            }
        }
    }

    @Override
    public void close() {
        libc.close(socket);
    }
}
