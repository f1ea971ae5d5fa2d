package io.backhaul.provider.tencent;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.backup.SourceName;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.Fields;
import io.backhaul.provider.Setback;
import io.backhaul.provider.Setback.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * With which key a backup is encrypted: without that it can never be read again, so it has to stand in the manifest. The
 * key itself is in the same answer and is never read (tencent-aliyun.md 1.2). Asked for once for each backup that a
 * list calls encrypted; until it is known the backup counts as not ready, unless we may not ask. Safe for use by several
 * threads.
 */
final class KeyFacts {
    private static final Logger log = LoggerFactory.getLogger(KeyFacts.class);
    private static final List<String> NAMES = List.of("KmsKeyId", "KeyAlgorithm");

    private final SourceName source;
    private final BiFunction<InstanceId, BackupId, Asked<Fields>> detail;
    /** Of each instance only what its latest listing showed. */
    private final ConcurrentHashMap<InstanceId, Map<BackupId, Map<String, String>>> known = new ConcurrentHashMap<>();

    KeyFacts(SourceName source, BiFunction<InstanceId, BackupId, Asked<Fields>> detail) {
        this.source = source;
        this.detail = detail;
    }

    /** The listing with the facts in each encrypted backup. */
    BackupsOutcome.Listed completed(InstanceId instance, BackupsOutcome.Listed listed) {
        var before = known.getOrDefault(instance, Map.of());
        var facts = new HashMap<BackupId, Map<String, String>>();
        var completed = new ArrayList<ListedBackup>();
        Setback trouble = null;
        for (var backup : listed.backups()) {
            if (!isEncrypted(backup)) {
                completed.add(backup);
                continue;
            }
            var fact = before.get(backup.id());
            // After one failure nobody is asked any more this time.
            if (fact == null && trouble == null) {
                switch (ask(instance, backup.id())) {
                    case Got<Map<String, String>> got -> fact = got.value();
                    case Failed<Map<String, String>> failed -> trouble = failed.why();
                }
            }
            if (fact != null) {
                facts.put(backup.id(), fact);
            }
            completed.add(withFacts(backup, fact));
        }
        known.put(instance, Map.copyOf(facts));
        return new BackupsOutcome.Listed(
                completed, trouble == null ? listed.coverage() : new Coverage.Partial(trouble));
    }

    private static boolean isEncrypted(ListedBackup backup) {
        var said = backup.given().getOrDefault("Encrypted", "");
        return backup.readiness() == Readiness.READY && (said.equalsIgnoreCase("true") || said.equals("1"));
    }

    private Asked<Map<String, String>> ask(InstanceId instance, BackupId backup) {
        return switch (detail.apply(instance, backup)) {
            case Got<Fields> got -> new Got<>(got.value().given(NAMES));
            case Failed<Fields> failed ->
                failed.why() instanceof Refused refused ? notToBeHad(refused) : failed.retyped();
        };
    }

    private Asked<Map<String, String>> notToBeHad(Refused refused) {
        log.warn(
                "the key of an encrypted backup is not known, it is fetched all the same source={} reason={}",
                source,
                refused.reason());
        return new Got<>(Map.of());
    }

    private static ListedBackup withFacts(ListedBackup backup, @Nullable Map<String, String> facts) {
        var given = new HashMap<>(backup.given());
        given.putAll(facts == null ? Map.of() : facts);
        var readiness = facts == null ? Readiness.NOT_YET : backup.readiness();
        return new ListedBackup(
                backup.id(), readiness, backup.status(), backup.createdAt(), backup.size(), backup.expiresAt(), given);
    }
}
