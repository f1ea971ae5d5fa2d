package io.backhaul.simulator;

import java.io.IOException;
import java.util.List;

/** Several contents one after the other. */
record JoinedContent(List<Content> parts) implements Content {
    JoinedContent {
        parts = List.copyOf(parts);
    }

    @Override
    public long length() {
        return parts.stream().mapToLong(Content::length).sum();
    }

    @Override
    public void read(long position, byte[] buffer, int from, int count) throws IOException {
        var start = 0L;
        var done = 0;
        for (var part : parts) {
            var inside = position + done - start;
            if (done < count && inside < part.length()) {
                var step = (int) Math.min(count - done, part.length() - inside);
                part.read(inside, buffer, from + done, step);
                done += step;
            }
            start += part.length();
        }
    }
}
