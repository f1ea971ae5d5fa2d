package io.backhaul.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that are read in large pieces. OkHttp asks for 8 KiB at a time, and each time would be a call to the system:
 * with a buffer beneath, system time falls to a third.
 */
final class BufferedSockets extends SocketFactory {
    @Override
    public Socket createSocket() {
        return new Buffered();
    }

    // OkHttp makes its sockets unconnected; nobody else uses this factory.

    @Override
    public Socket createSocket(@Nullable String host, int port) {
        throw new UnsupportedOperationException("only unconnected sockets");
    }

    @Override
    public Socket createSocket(@Nullable String host, int port, @Nullable InetAddress local, int localPort) {
        throw new UnsupportedOperationException("only unconnected sockets");
    }

    @Override
    public Socket createSocket(@Nullable InetAddress host, int port) {
        throw new UnsupportedOperationException("only unconnected sockets");
    }

    @Override
    public Socket createSocket(@Nullable InetAddress host, int port, @Nullable InetAddress local, int localPort) {
        throw new UnsupportedOperationException("only unconnected sockets");
    }

    private static final class Buffered extends Socket {
        private static final int SIZE = 128 << 10;

        private @Nullable InputStream buffered;

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (buffered == null) {
                buffered = new BufferedInputStream(super.getInputStream(), SIZE);
            }
            return buffered;
        }
    }
}
