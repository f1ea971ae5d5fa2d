package io.backhaul.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The top level of a config file. */
final class RootKeys {
    static final Key<List<Section>> ARCHIVES = Key.required(
            "archives",
            Items.of(ArchiveKeys.FORMS),
            "[{name: nas, type: filesystem, directory: /srv/backups}]",
            "Places that keep sets.");
    static final Key<List<Section>> SOURCES = Key.required(
            "sources",
            Items.of(SourceKeys.FORMS),
            "[{name: prod-redis, provider: huawei-dcs, …}]",
            "Provider accounts to bring backups home from.");

    private static final Key<Path> STATE_DIR = Key.defaulted(
            "state-dir",
            Texts.path(),
            "/var/lib/backhaul",
            "Backhaul's own files, the embedded database among them; relative to the folder of this file.");
    private static final Key<Section> DATABASE = Key.optional(
            "database", DatabaseKeys.FIELDS, "The operator's own PostgreSQL; without it one runs under state-dir.");
    private static final Key<Section> ADMIN =
            Key.defaulted("admin", AdminKeys.FIELDS, Map.of(), "Metrics, health and status page.");
    static final Key<Section> TRANSFER =
            Key.defaulted("transfer", TransferKeys.FIELDS, Map.of(), "How hard each node pulls.");

    static final Key<Section> TLS = Key.defaulted(
            "tls", TlsKeys.FIELDS, Map.of(), "Whose certificates are believed, of providers and of stores.");

    static final Fields FIELDS = Fields.of(STATE_DIR, DATABASE, ADMIN, TLS, TRANSFER, ARCHIVES, SOURCES);

    private RootKeys() {}

    static AdminConfig admin(Section root) {
        return AdminKeys.build(root.value(ADMIN));
    }

    /** @param base where relative paths start */
    static BackhaulConfig build(Section root, Path base) {
        var database = root.find(DATABASE);
        var archives = root.value(ARCHIVES).stream()
                .map(section -> ArchiveKeys.build(section, base))
                .toList();
        var names = archives.stream().map(ArchiveConfig::name).toList();
        var zone = TransferKeys.timeZone(root.value(TRANSFER));
        return new BackhaulConfig(
                base.resolve(root.value(STATE_DIR)).normalize(),
                database == null ? null : DatabaseKeys.build(database),
                admin(root),
                TlsKeys.build(root.value(TLS), base),
                TransferKeys.build(root.value(TRANSFER)),
                archives,
                root.value(SOURCES).stream()
                        .map(section -> SourceKeys.build(section, names, zone))
                        .toList());
    }
}
