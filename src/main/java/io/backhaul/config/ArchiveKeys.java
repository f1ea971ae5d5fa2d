package io.backhaul.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The keys of one of {@code archives}. */
final class ArchiveKeys {
    static final Key<String> NAME =
            Key.required("name", Texts.name(), "nas", "Name of the archive, for sources and metrics.");
    static final Key<Path> DIRECTORY = Key.required(
            "directory", Texts.path(), "/srv/backups", "Root of the archive; relative to the folder of this file.");

    private static final String FILESYSTEM = "filesystem";
    private static final String S3 = "s3";

    private static final Key<String> TYPE =
            Key.required("type", Texts.words(FILESYSTEM, S3), FILESYSTEM, "What kind of place it is.");
    private static final Key<String> BUCKET = Key.required(
            "bucket",
            Texts.matching("a bucket's name", "[A-Za-z0-9][A-Za-z0-9._-]{1,62}"),
            "backups",
            "Bucket that keeps the sets; it must exist.");
    private static final Key<String> REGION =
            Key.required("region", Texts.region(), "eu-central-1", "Region that requests are signed for.");
    private static final Key<URI> ENDPOINT = Key.optional(
            "endpoint", Texts.url(), "URL of an S3-compatible store; without it Amazon's own of the region.");
    private static final Key<Secret> ACCESS_KEY =
            Key.required("access-key", Texts.keySecret(), "${env:S3_ACCESS_KEY}", "Access key id.");
    private static final Key<Secret> SECRET_KEY =
            Key.required("secret-key", Texts.keySecret(), "${env:S3_SECRET_KEY}", "Secret access key.");

    static final FormsByWord FORMS = new FormsByWord(
            TYPE.name(),
            Forms.of(
                    Fields.named(FILESYSTEM, List.of(NAME, TYPE, DIRECTORY)),
                    Fields.named(S3, List.of(NAME, TYPE, BUCKET, REGION, ENDPOINT, ACCESS_KEY, SECRET_KEY))));

    private ArchiveKeys() {}

    /** @param base where a relative directory starts */
    static ArchiveConfig build(Section section, Path base) {
        return section.value(TYPE).equals(FILESYSTEM)
                ? new ArchiveConfig.Filesystem(
                        section.value(NAME),
                        base.resolve(section.value(DIRECTORY)).normalize())
                : new ArchiveConfig.S3(
                        section.value(NAME),
                        section.value(BUCKET),
                        section.value(REGION),
                        section.find(ENDPOINT),
                        section.value(ACCESS_KEY),
                        section.value(SECRET_KEY));
    }
}
