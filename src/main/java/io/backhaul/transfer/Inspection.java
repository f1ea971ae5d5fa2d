package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;
import io.backhaul.backup.CheckResult;
import io.backhaul.backup.CheckResult.Verdict;
import io.backhaul.backup.Sha256;
import io.backhaul.backup.StoredFile;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All digests and checks of one file in one pass, in its order. SHA-256 is no check of its own, since no store states
 * one: it is the name under which the archive keeps watch over the bytes.
 */
final class Inspection {
    /** An append-only file may be cut between any two of its commands; hardly one of gzip between two members. */
    private static final Set<String> PROOFS_OF_THE_END =
            Set.of("length", "etag-md5", "crc64", "rdb", "zip", "gzip", "tar");

    private final MessageDigest sha256 = Sha256.digest();
    private final List<Check> checks = new ArrayList<>();
    private final List<ContentCheck> formats;
    private final Generation generation;
    private long seen;

    Inspection(String name, Generation generation, @Nullable ByteCount expected) {
        this.generation = generation;
        checks.add(new LengthCheck(generation.total(), expected));
        var storeCrc = generation.crc64() == null ? null : new StoreCrcCheck(generation.crc64());
        checks.add(new EtagCheck(generation, storeCrc));
        if (storeCrc != null) {
            checks.add(storeCrc);
        }
        formats = List.of(
                new RdbCheck(name), new AofCheck(name), new ZipCheck(name), new GzipCheck(name), new TarCheck(name));
    }

    void update(byte[] bytes, int count) {
        sha256.update(bytes, 0, count);
        checks.forEach(check -> check.update(bytes, count));
        formats.forEach(check -> check.update(bytes, count));
        seen += count;
    }

    long seen() {
        return seen;
    }

    /** What the file turned out to be; once, after its last byte. */
    StoredFile conclude(String givenName, String storedName) {
        var verdicts = new ArrayList<CheckResult>();
        checks.forEach(check -> verdicts.add(check.verdict()));
        formats.stream().filter(ContentCheck::applies).forEach(check -> verdicts.add(check.verdict()));
        var hex = HexFormat.of().formatHex(sha256.digest());
        return new StoredFile(givenName, storedName, new ByteCount(seen), hex, generation.etag(), verdicts);
    }

    /** Tells whether a check has passed that a file without its end would not pass. */
    static boolean isEndProven(StoredFile file) {
        return file.checks().stream()
                .anyMatch(check -> check.verdict() == Verdict.PASSED && PROOFS_OF_THE_END.contains(check.check()));
    }

    static boolean hasFailed(StoredFile file) {
        return file.checks().stream().anyMatch(check -> check.verdict() == Verdict.FAILED);
    }
}
