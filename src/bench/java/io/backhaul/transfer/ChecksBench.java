package io.backhaul.transfer;

import io.backhaul.backup.CheckResult;
import io.backhaul.backup.CheckResult.Verdict;
import io.backhaul.backup.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to believe a file: one operation is one file of 64 MiB, so that operations a second times 64 are MiB a
 * second of one core.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ChecksBench {
    private static final int SIZE = 64 << 20;
    /** As the digest front reads. */
    private static final int CHUNK = 256 << 10;

    /** Bytes that look like those of a database: some repeat, some do not. */
    private static byte[] content() {
        var random = new Random(1);
        var words = new byte[64][];
        for (var n = 0; n < words.length; n++) {
            words[n] = new byte[8 + random.nextInt(24)];
            random.nextBytes(words[n]);
        }
        var bytes = ByteBuffer.allocate(SIZE);
        while (bytes.hasRemaining()) {
            var word = words[random.nextInt(words.length)];
            bytes.put(word, 0, Math.min(word.length, bytes.remaining()));
            if (bytes.remaining() >= Integer.BYTES) {
                bytes.putInt(random.nextInt());
            }
        }
        return bytes.array();
    }

    private static byte[] rdb() {
        var dump = content();
        System.arraycopy("REDIS0011".getBytes(StandardCharsets.US_ASCII), 0, dump, 0, 9);
        dump[SIZE - 9] = (byte) 0xff;
        var crc = new Crc64(Crc64.Kind.JONES);
        crc.update(dump, 0, SIZE - 8);
        ByteBuffer.wrap(dump).order(ByteOrder.LITTLE_ENDIAN).putLong(SIZE - 8, crc.value());
        return dump;
    }

    /** Bytes in memory. */
    @State(Scope.Benchmark)
    public static class Memory {
        byte[] dump = new byte[0];

        /** Fills it. */
        @Setup
        public void fill() {
            dump = rdb();
        }
    }

    /** A file in the page cache. */
    @State(Scope.Benchmark)
    public static class Cached {
        /** Its name decides what is checked. */
        @Param({"plain.bin", "dump.rdb", "set.zip", "set.gz"})
        public String name = "";

        Path file = Path.of("");
        byte[] chunk = new byte[CHUNK];

        /** Writes it, about as long as the others. */
        @Setup
        public void write() throws IOException {
            file = Files.createTempFile("checks-bench", ".bin");
            var bytes = switch (name) {
                case "dump.rdb" -> rdb();
                case "set.zip" -> zip();
                case "set.gz" -> gzip();
                default -> content();
            };
            Files.write(file, bytes);
            System.out.println(name + ": " + bytes.length + " bytes");
        }

        /** Deletes it. */
        @TearDown
        public void delete() throws IOException {
            Files.delete(file);
        }

        private static byte[] zip() throws IOException {
            var out = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("data"));
                zip.write(content());
            }
            return out.toByteArray();
        }

        private static byte[] gzip() throws IOException {
            var out = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(out)) {
                gzip.write(content());
            }
            return out.toByteArray();
        }
    }

    /** CRC-64 alone: one code for XZ and Jones. */
    @Benchmark
    public long crc64(Memory memory) {
        var crc = new Crc64(Crc64.Kind.XZ);
        crc.update(memory.dump, 0, SIZE);
        return crc.value();
    }

    /** The check of a Redis dump, in chunks. */
    @Benchmark
    public CheckResult rdbCheck(Memory memory) {
        var check = new RdbCheck("dump.rdb");
        var chunk = new byte[CHUNK];
        for (var at = 0; at < SIZE; at += CHUNK) {
            System.arraycopy(memory.dump, at, chunk, 0, CHUNK);
            check.update(chunk, CHUNK);
        }
        return passed(check.verdict());
    }

    /** Everything that the digest front does with a file: reading it back, SHA-256, and the checks that apply. */
    @Benchmark
    public StoredFile digestFront(Cached cached) throws IOException {
        var inspection = new Inspection(cached.name, new Generation(null, null, null, "1", null), null);
        try (var channel = FileChannel.open(cached.file)) {
            var buffer = ByteBuffer.wrap(cached.chunk);
            for (var count = channel.read(buffer); count > 0; count = channel.read(buffer.clear())) {
                inspection.update(cached.chunk, count);
            }
        }
        return inspection.conclude(cached.name, cached.name);
    }

    private static CheckResult passed(CheckResult result) {
        if (result.verdict() != Verdict.PASSED) {
            throw new IllegalStateException("the bench is wrong: " + result);
        }
        return result;
    }
}
