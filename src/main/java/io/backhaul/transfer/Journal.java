package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;
import io.backhaul.backup.CheckResult;
import io.backhaul.backup.StoredFile;
import io.backhaul.transfer.StagedState.Empty;
import io.backhaul.transfer.StagedState.Partial;
import io.backhaul.transfer.StagedState.Whole;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The small file beside staged bytes that says what they are. It never claims more than the disk holds: the bytes are
 * forced before it counts them. Replaced as a whole, so that it is never half written.
 */
final class Journal {
    private static final String FORMAT = "1";

    private final Path file;
    private final String givenName;
    private final String storedName;

    Journal(Path file, String givenName, String storedName) {
        this.file = file;
        this.givenName = givenName;
        this.storedName = storedName;
    }

    /** What was last written; what cannot be read, or speaks of another file, counts as nothing. */
    StagedState read() throws IOException {
        if (!exists()) {
            return new Empty();
        }
        var properties = new Properties();
        try {
            properties.load(new StringReader(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
            return stateOf(properties);
        } catch (IllegalArgumentException e) {
            // damaged from outside: starting again costs bytes, believing it could cost a backup
            return new Empty();
        }
    }

    boolean exists() throws IOException {
        return Durably.isFile(file);
    }

    void write(Partial state) throws IOException {
        var properties = describe("partial");
        var generation = state.generation();
        put(properties, "etag", generation.etag());
        put(properties, "last-modified", generation.lastModified());
        put(properties, "total", generation.total() == null ? null : Long.toString(generation.total()));
        put(properties, "crc64", generation.crc64());
        put(properties, "no-md5", generation.noMd5());
        put(properties, "synced", state.synced().text());
        replace(properties);
    }

    void write(Whole state) throws IOException {
        var stored = state.file();
        var properties = describe("whole");
        put(properties, "size", Long.toString(stored.size().bytes()));
        put(properties, "sha256", stored.sha256());
        put(properties, "etag", stored.etag());
        for (var i = 0; i < stored.checks().size(); i++) {
            var check = stored.checks().get(i);
            put(properties, "check." + i + ".name", check.check());
            put(properties, "check." + i + ".verdict", check.verdict().label());
            put(properties, "check." + i + ".detail", check.detail());
        }
        replace(properties);
    }

    /** Forgets everything, for good: bytes of another object may be written afterwards. */
    void clear() throws IOException {
        // mostly there is none, and to delete it then would cost an exception
        if (Durably.exists(file) && Files.deleteIfExists(file)) {
            Durably.syncFolder(folder());
        }
    }

    private Path folder() {
        return file.resolveSibling("");
    }

    private StagedState stateOf(Properties properties) {
        var speaksOfUs = FORMAT.equals(properties.getProperty("format"))
                && givenName.equals(properties.getProperty("given-name"))
                && storedName.equals(properties.getProperty("stored-name"));
        if (!speaksOfUs) {
            return new Empty();
        }
        return switch (required(properties, "state")) {
            case "partial" -> new Partial(generationOf(properties), Extents.parse(required(properties, "synced")));
            case "whole" -> new Whole(fileOf(properties));
            default -> new Empty();
        };
    }

    private static Generation generationOf(Properties properties) {
        return new Generation(
                properties.getProperty("etag"),
                properties.getProperty("last-modified"),
                properties.getProperty("total") == null ? null : number(properties, "total"),
                properties.getProperty("crc64"),
                // earlier versions knew of no other reason
                properties.getProperty("no-md5", properties.getProperty("encryption")));
    }

    private StoredFile fileOf(Properties properties) {
        List<CheckResult> checks = new ArrayList<>();
        for (var i = 0; properties.containsKey("check." + i + ".name"); i++) {
            var verdict = required(properties, "check." + i + ".verdict").toUpperCase(Locale.ROOT);
            checks.add(new CheckResult(
                    required(properties, "check." + i + ".name"),
                    CheckResult.Verdict.valueOf(verdict),
                    required(properties, "check." + i + ".detail")));
        }
        return new StoredFile(
                givenName,
                storedName,
                new ByteCount(number(properties, "size")),
                required(properties, "sha256"),
                properties.getProperty("etag"),
                checks);
    }

    private static long number(Properties properties, String key) {
        return Long.parseLong(required(properties, key));
    }

    private static String required(Properties properties, String key) {
        var value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("journal without " + key);
        }
        return value;
    }

    private Properties describe(String state) {
        var properties = new Properties();
        put(properties, "format", FORMAT);
        put(properties, "given-name", givenName);
        put(properties, "stored-name", storedName);
        put(properties, "state", state);
        return properties;
    }

    private static void put(Properties properties, String key, @Nullable String value) {
        if (value != null) {
            properties.setProperty(key, value);
        }
    }

    private void replace(Properties properties) throws IOException {
        var text = new StringWriter();
        properties.store(text, null);
        Durably.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
