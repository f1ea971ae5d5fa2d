package io.backhaul.archive;

import io.backhaul.backup.CopyBuffer;
import io.backhaul.backup.Manifest;
import io.backhaul.backup.Sha256;
import io.backhaul.backup.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes a folder a set: its manifest, its sums, its files; nothing is followed out of it. */
record SetFolder(Path path) {
    static final String SUMS = "SHA256SUMS";

    private static final long LONGEST_MANIFEST = 64L << 20;

    /** The manifest, if the folder holds everything that it names. */
    Optional<Manifest> whole() throws IOException {
        var file = path.resolve(ManifestJson.NAME);
        var size = LocalDisk.sizeOf(file);
        if (size < 0 || size > LONGEST_MANIFEST) {
            return Optional.empty();
        }
        var manifest = ManifestJson.read(Files.readAllBytes(file));
        return manifest.isPresent() && firstFault(manifest.get()).isEmpty() ? manifest : Optional.empty();
    }

    /** The first file that is not there as the manifest says. */
    Optional<String> firstFault(Manifest manifest) throws IOException {
        for (var file : manifest.files()) {
            var name = file.storedName();
            if (!isPlain(name)) {
                return Optional.of("not a stored name: \"" + name + "\"");
            }
            var size = LocalDisk.sizeOf(path.resolve(name));
            if (size != file.size().bytes()) {
                return Optional.of(name + (size < 0 ? " is missing" : " has " + size + " bytes")
                        + ", the manifest says " + file.size().bytes());
            }
        }
        return Optional.empty();
    }

    /** Reads every file again. */
    boolean hasHashesOf(Manifest manifest) throws IOException {
        for (var file : manifest.files()) {
            if (!hash(path.resolve(file.storedName())).equals(file.sha256())) {
                return false;
            }
        }
        return true;
    }

    /** For {@code sha256sum -c}; the manifest is under its protection too. Stored names need no escaping. */
    static byte[] sums(Manifest manifest, byte[] manifestJson) {
        var lines = new StringBuilder();
        for (var file : manifest.files()) {
            lines.append(file.sha256()).append("  ").append(file.storedName()).append('\n');
        }
        lines.append(Sha256.of(manifestJson))
                .append("  ")
                .append(ManifestJson.NAME)
                .append('\n');
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The names that a published set of this manifest has. */
    static Set<String> names(Manifest manifest) {
        var names = manifest.files().stream().map(StoredFile::storedName).collect(Collectors.toSet());
        names.add(ManifestJson.NAME);
        names.add(SUMS);
        return names;
    }

    private static String hash(Path file) throws IOException {
        var digest = Sha256.digest();
        var chunk = new byte[CopyBuffer.BYTES];
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (var count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty() && !name.startsWith(".") && !name.contains("/") && !name.contains("\0");
    }
}
