package io.backhaul.simulator;

import java.io.IOException;

/** A part of other content. */
record ContentSlice(Content whole, long from, long length) implements Content {
    ContentSlice {
        if (from < 0 || length < 0 || from + length > whole.length()) {
            throw new IllegalArgumentException(
                    "a slice outside its content: from=" + from + " length=" + length + " of=" + whole.length());
        }
    }

    @Override
    public void read(long position, byte[] buffer, int start, int count) throws IOException {
        whole.read(from + position, buffer, start, count);
    }
}
