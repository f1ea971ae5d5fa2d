package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** ZIP archives to serve, as a converted backup set is one: generated, valid, of any size that needs no ZIP64. */
public final class ZipFiles {
    private static final int LOCAL_HEAD = 0x04034b50;
    private static final int CENTRAL_HEAD = 0x02014b50;
    private static final int END = 0x06054b50;
    /** 2026-11-21, 00:00. */
    private static final int DATE_AND_TIME = ((2026 - 1980) << 25) | (11 << 21) | (21 << 16);

    private static final List<String> NAMES = List.of("backup_set/meta.bin", "backup_set/data.bin");
    private static final int OVERHEAD =
            22 + NAMES.stream().mapToInt(name -> 30 + 46 + 2 * name.length()).sum();
    private static final int META = 1024;
    private static final long MOST = 0xffff_fffeL;

    private ZipFiles() {}

    /** One stored entry. */
    private record Entry(String name, Content bytes, int sum, long offset) {}

    /**
     * A valid archive of exactly this size: two entries, stored as they are, their sums and the directory right. It takes
     * no memory, but its sums are computed here: about a second for each GiB.
     *
     * @throws IllegalArgumentException when an archive cannot be that short (about two hundred bytes) or that long (4 GiB)
     */
    public static Content ofSize(long seed, long bytes) {
        if (bytes < OVERHEAD || bytes > MOST) {
            throw new IllegalArgumentException(
                    "no archive of " + bytes + " bytes; it has from " + OVERHEAD + " to " + MOST);
        }
        var meta = Math.min(META, (bytes - OVERHEAD) / 2);
        var parts = new ArrayList<Content>();
        var entries = new ArrayList<Entry>();
        var offset = 0L;
        for (var i = 0; i < NAMES.size(); i++) {
            var content = Content.generated(seed + i, i == 0 ? meta : bytes - OVERHEAD - meta);
            var entry = new Entry(NAMES.get(i), content, sumOf(content), offset);
            var head = Content.bytes(localHead(entry));
            entries.add(entry);
            parts.add(head);
            parts.add(content);
            offset += head.length() + content.length();
        }
        parts.add(Content.bytes(directory(entries, offset)));
        return new JoinedContent(parts);
    }

    private static byte[] localHead(Entry entry) {
        return common(new Fields().four(LOCAL_HEAD).two(20), entry)
                .text(entry.name)
                .bytes();
    }

    private static byte[] directory(List<Entry> entries, long offset) {
        var rows = new Fields();
        for (var entry : entries) {
            // Of comment, disk and attributes there is none.
            common(rows.four(CENTRAL_HEAD).two(20, 20), entry)
                    .two(0, 0, 0)
                    .four(0, entry.offset)
                    .text(entry.name);
        }
        var size = rows.bytes().length;
        return rows.four(END)
                .two(0, 0, entries.size(), entries.size())
                .four(size, offset)
                .two(0)
                .bytes();
    }

    /** What both heads of an entry say, in one order: flags, method, time, sum, sizes, lengths of name and extra field. */
    private static Fields common(Fields fields, Entry entry) {
        var length = entry.bytes.length();
        return fields.two(0, 0).four(DATE_AND_TIME, entry.sum, length, length).two(entry.name.length(), 0);
    }

    /** Little-endian numbers, one after the other. */
    private static final class Fields {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Fields two(int... numbers) {
            for (var number : numbers) {
                put(number, 2);
            }
            return this;
        }

        Fields four(long... numbers) {
            for (var number : numbers) {
                put(number, 4);
            }
            return this;
        }

        Fields text(String text) {
            out.writeBytes(text.getBytes(UTF_8));
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private void put(long number, int bytes) {
            for (var i = 0; i < bytes; i++) {
                out.write((int) (number >>> (8 * i)));
            }
        }
    }

    private static int sumOf(Content content) {
        var sum = new CRC32();
        var block = new byte[64 * 1024];
        try {
            for (long at = 0; at < content.length(); at += block.length) {
                var count = (int) Math.min(block.length, content.length() - at);
                content.read(at, block, 0, count);
                sum.update(block, 0, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("summing up generated content", e);
        }
        return (int) sum.getValue();
    }
}
