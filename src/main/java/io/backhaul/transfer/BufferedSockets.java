package io.backhaul.transfer;

import io.backhaul.backup.CopyBuffer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that are read in large pieces. OkHttp asks for 8 KiB at a time, and each time would be a call to the system:
 * with a buffer beneath, system time falls to a third.
 */
final class BufferedSockets extends SocketFactory {
    private final int stallMillis;

    /** @param stallTimeout without a byte for this long, a read ends with a time-out */
    BufferedSockets(Duration stallTimeout) {
        stallMillis = (int) Math.min(Integer.MAX_VALUE, stallTimeout.toMillis());
    }

    @Override
    public Socket createSocket() {
        return new Buffered(stallMillis);
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
        private final int stallMillis;
        private @Nullable InputStream buffered;

        Buffered(int stallMillis) {
            this.stallMillis = stallMillis;
        }

        /** For OkHttp, whose own clock is off, 0 is no limit; here it is the stall time-out. */
        @Override
        public synchronized void setSoTimeout(int millis) throws SocketException {
            super.setSoTimeout(millis == 0 ? stallMillis : millis);
        }

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (buffered == null) {
                buffered = new BufferedInputStream(super.getInputStream(), CopyBuffer.BYTES);
            }
            return buffered;
        }
    }
}
