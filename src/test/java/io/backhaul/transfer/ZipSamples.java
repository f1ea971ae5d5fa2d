package io.backhaul.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Archives as tools write them: the JDK's, and commons-compress's with its own idea of Zip64 and descriptors. */
final class ZipSamples {
    static final byte[] FIRST = TransferTestBase.bytes(3000);
    /** Packs well: much still comes out of it when all of it has gone in. */
    static final byte[] SECOND = "the same again and again ".repeat(8000).getBytes(StandardCharsets.US_ASCII);

    private ZipSamples() {}

    /** Every kind. */
    static List<byte[]> all() {
        return List.of(streamed(), stored(), seekable(Zip64Mode.Never), seekable(Zip64Mode.Always), streamedZip64());
    }

    /** The JDK's: deflated, with descriptors, and an empty entry. */
    static byte[] streamed() {
        return jdk(ZipEntry.DEFLATED);
    }

    /** The JDK's: stored, without descriptors. */
    static byte[] stored() {
        return jdk(ZipEntry.STORED);
    }

    /** So many empty entries, stored. */
    static byte[] ofEmptyEntries(int count) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var i = 0; i < count; i++) {
                put(zip, "entry" + i, new byte[0], ZipEntry.STORED);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Sizes in the headers, none behind the data. */
    static byte[] seekable(Zip64Mode mode) {
        var channel = new SeekableInMemoryByteChannel();
        try (var zip = new ZipArchiveOutputStream(channel)) {
            zip.setUseZip64(mode);
            fill(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(channel.array(), (int) channel.size());
    }

    /** Descriptors with sizes of eight bytes. */
    static byte[] streamedZip64() {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipArchiveOutputStream(out)) {
            zip.setUseZip64(Zip64Mode.Always);
            fill(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void fill(ZipArchiveOutputStream zip) throws IOException {
        zip.setComment("a comment");
        for (var name : List.of("first.bin", "second.txt", "empty")) {
            zip.putArchiveEntry(new ZipArchiveEntry(name));
            zip.write(content(name));
            zip.closeArchiveEntry();
        }
    }

    private static byte[] jdk(int method) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.setComment("a comment");
            for (var name : List.of("folder/", "first.bin", "second.txt", "empty")) {
                put(zip, name, content(name), method);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content, int method) throws IOException {
        var entry = new ZipEntry(name);
        entry.setMethod(method);
        entry.setTime(0);
        if (method == ZipEntry.STORED) {
            var crc = new CRC32();
            crc.update(content);
            entry.setCrc(crc.getValue());
            entry.setSize(content.length);
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] content(String name) {
        return switch (name) {
            case "first.bin" -> FIRST;
            case "second.txt" -> SECOND;
            default -> new byte[0];
        };
    }
}
