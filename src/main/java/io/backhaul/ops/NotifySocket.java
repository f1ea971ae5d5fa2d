package io.backhaul.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Sends to the datagram socket of sd_notify(3), which the JDK cannot: its unix sockets are streams only. A socket for
 * each message, as systemd's own library does it.
 */
final class NotifySocket implements ServiceManager.Transport {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    /** {@code sun_path} of unix(7). */
    private static final int LONGEST_PATH = 108;

    private final LibC libc;
    private final byte[] address;

    private NotifySocket(LibC libc, byte[] address) {
        this.libc = libc;
        this.address = address;
    }

    /** What we need of the C library; a failed call throws with its errno. */
    interface LibC extends Library {
        int socket(int domain, int type, int protocol) throws LastErrorException;

        NativeLong sendto(int socket, byte[] message, NativeLong length, int flags, byte[] address, int addressLength)
                throws LastErrorException;

        int close(int socket) throws LastErrorException;
    }

    /**
     * @param name as in {@code NOTIFY_SOCKET}: an absolute path, or {@code @} and a name in the abstract namespace
     * @throws IllegalArgumentException when it is neither
     */
    static NotifySocket at(String name) {
        return new NotifySocket(Native.load("c", LibC.class), address(name));
    }

    /** A {@code sockaddr_un}: the family, then the path, where a first byte of zero means the abstract namespace. */
    static byte[] address(String name) {
        var path = name.getBytes(UTF_8);
        if (path.length < 2 || path.length >= LONGEST_PATH || (path[0] != '/' && path[0] != '@')) {
            throw new IllegalArgumentException("NOTIFY_SOCKET is no address of a unix socket: " + name);
        }
        if (path[0] == '@') {
            path[0] = 0;
        }
        return ByteBuffer.allocate(Short.BYTES + path.length)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX)
                .put(path)
                .array();
    }

    @Override
    public void send(String message) {
        var bytes = message.getBytes(UTF_8);
        var socket = libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        try {
            libc.sendto(socket, bytes, new NativeLong(bytes.length), MSG_NOSIGNAL, address, address.length);
        } finally {
            libc.close(socket);
        }
    }
}
