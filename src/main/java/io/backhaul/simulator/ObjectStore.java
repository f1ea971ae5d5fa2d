package io.backhaul.simulator;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the object store holds. Any thread may call. */
final class ObjectStore {
    private static final Pattern UNFIT = Pattern.compile("(^|/)\\.{0,2}(/|$)|\\p{Cntrl}");
    private static final int LONGEST_NAME = 200;

    private final Clock clock;
    private final Map<String, StoredObject> objects = new HashMap<>();

    ObjectStore(Clock clock) {
        this.clock = clock;
    }

    /** Keeps a set of files under one prefix, which ends in a slash. */
    synchronized List<StoredObject> put(String bucket, String prefix, List<BackupFile> files) {
        var taken = new HashSet<String>();
        var stored = new ArrayList<StoredObject>();
        for (var file : files) {
            var key = prefix + keyName(file.name(), taken);
            var etag = file.etagStyle().etagOf(file.content());
            var object =
                    new StoredObject(bucket, key, file.name(), file.content(), etag, file.etagStyle(), clock.instant());
            objects.put(object.path(), object);
            stored.add(object);
        }
        return List.copyOf(stored);
    }

    synchronized Optional<StoredObject> find(String path) {
        return Optional.ofNullable(objects.get(path));
    }

    synchronized boolean hasBucket(String bucket) {
        return objects.values().stream().anyMatch(object -> object.bucket().equals(bucket));
    }

    synchronized void remove(StoredObject object) {
        objects.remove(object.path());
    }

    /** Puts other bytes in the place of an object's; gives the new version. */
    synchronized StoredObject swap(StoredObject object, Content content) {
        return keep(object.replacedBy(content, clock.instant()));
    }

    synchronized StoredObject keep(StoredObject version) {
        objects.put(version.path(), version);
        return version;
    }

    /**
     * Names are hostile for their readers' sake; keys stay such that a URL can carry them, since clients resolve dot
     * segments, and differ where two files of a set have one name.
     */
    private static String keyName(String name, Set<String> taken) {
        var number = taken.size() + 1;
        var fit = name.length() <= LONGEST_NAME && !UNFIT.matcher(name).find();
        var key = fit && !taken.contains(name) ? name : "object-" + number;
        taken.add(key);
        return key;
    }
}
