package io.backhaul.simulator;

import java.util.Arrays;

/** Bytes in memory; the array is never handed out. */
final class BytesContent implements Content {
    private final byte[] bytes;

    BytesContent(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] copy() {
        return bytes.clone();
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void read(long position, byte[] buffer, int from, int count) {
        System.arraycopy(bytes, Math.toIntExact(position), buffer, from, count);
    }

    @Override
    public String toString() {
        return "BytesContent[length=" + bytes.length + ", hash=" + Arrays.hashCode(bytes) + "]";
    }
}
