package io.backhaul.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on disk, opened for each read so that nothing has to be closed at the end. */
record FileContent(Path file, long length) implements Content {
    static FileContent of(Path file) throws IOException {
        return new FileContent(file, Files.size(file));
    }

    @Override
    public void read(long position, byte[] buffer, int from, int count) throws IOException {
        var target = ByteBuffer.wrap(buffer, from, count);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (target.hasRemaining()) {
                if (channel.read(target, position + count - target.remaining()) < 0) {
                    throw new EOFException("a served file became shorter file=" + file + " length=" + length);
                }
            }
        }
    }
}
