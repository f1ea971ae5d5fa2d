package io.backhaul.archive;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.CheckResult;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.Manifest;
import io.backhaul.backup.SetKey;
import io.backhaul.backup.SourceName;
import io.backhaul.backup.StoredFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code manifest.json} (DESIGN 6). Field by field rather than by reflection: it is a contract with every archive ever
 * written, and must not change because a record did.
 */
final class ManifestJson {
    static final String NAME = "manifest.json";

    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        var root = MAPPER.createObjectNode();
        var backup = manifest.key().backup();
        root.put("format_version", FORMAT);
        root.put("source", backup.source().value());
        root.put("provider", manifest.provider());
        root.put("instance", backup.instance().value());
        root.put("instance_name", manifest.instanceName());
        root.put("backup", backup.backup().value());
        root.put("created_at", manifest.key().createdAt().toString());
        var given = root.putObject("given");
        new TreeMap<>(manifest.given()).forEach(given::put);
        var files = root.putArray("files");
        manifest.files().forEach(file -> describe(file, files.addObject()));
        write(manifest.checks(), root.putArray("checks"));
        root.put("fetched_at", manifest.fetchedAt().toString());
        root.put("node", manifest.node());
        root.put("version", manifest.version());
        return MAPPER.writeValueAsBytes(root);
    }

    /** The manifest, or empty when these bytes are none that this version understands. */
    static Optional<Manifest> read(byte[] json) {
        try {
            var root = MAPPER.readTree(json);
            return root.path("format_version").asInt(0) == FORMAT ? Optional.of(manifest(root)) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static void describe(StoredFile file, ObjectNode node) {
        node.put("name", file.givenName());
        node.put("stored_name", file.storedName());
        node.put("bytes", file.size().bytes());
        node.put("sha256", file.sha256());
        node.put("etag", file.etag());
        write(file.checks(), node.putArray("checks"));
    }

    private static void write(List<CheckResult> checks, ArrayNode into) {
        for (var check : checks) {
            into.addObject()
                    .put("check", check.check())
                    .put("verdict", check.verdict().label())
                    .put("detail", check.detail());
        }
    }

    private static Manifest manifest(JsonNode root) {
        var backup = new BackupRef(
                new SourceName(text(root, "source")),
                new InstanceId(text(root, "instance")),
                new BackupId(text(root, "backup")));
        Map<String, String> given = new HashMap<>();
        root.path("given")
                .properties()
                .forEach(entry -> given.put(entry.getKey(), entry.getValue().stringValue()));
        List<StoredFile> files = new ArrayList<>();
        root.path("files").forEach(file -> files.add(file(file)));
        return new Manifest(
                new SetKey(backup, Instant.parse(text(root, "created_at"))),
                text(root, "provider"),
                text(root, "instance_name"),
                given,
                files,
                checks(root),
                Instant.parse(text(root, "fetched_at")),
                text(root, "node"),
                text(root, "version"));
    }

    private static StoredFile file(JsonNode node) {
        var etag = node.path("etag");
        return new StoredFile(
                text(node, "name"),
                text(node, "stored_name"),
                new ByteCount(node.required("bytes").longValue()),
                text(node, "sha256"),
                etag.isString() ? etag.stringValue() : null,
                checks(node));
    }

    /** None where there is no such list: manifests of sets have it since checks of sets are made. */
    private static List<CheckResult> checks(JsonNode of) {
        List<CheckResult> checks = new ArrayList<>();
        of.path("checks")
                .forEach(check -> checks.add(new CheckResult(
                        text(check, "check"),
                        CheckResult.Verdict.valueOf(text(check, "verdict").toUpperCase(Locale.ROOT)),
                        text(check, "detail"))));
        return checks;
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).stringValue();
    }
}
