package io.backhaul.pipeline;

import io.backhaul.backup.SourceName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The configured sources by name. The catalog may know more: those that the operator has taken out. */
public final class Sources {
    private final TreeMap<SourceName, Source> byName = new TreeMap<>();

    public Sources(List<Source> sources) {
        sources.forEach(source -> byName.put(source.name(), source));
    }

    public Collection<Source> all() {
        return byName.values();
    }

    /** How many backups of each source one node may bring home at once. */
    Map<SourceName, Integer> concurrency() {
        return byName.values().stream()
                .collect(
                        Collectors.toMap(Source::name, source -> source.limits().concurrency()));
    }

    public Optional<Source> find(SourceName name) {
        return Optional.ofNullable(byName.get(name));
    }
}
