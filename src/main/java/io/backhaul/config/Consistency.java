package io.backhaul.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What no key can tell by itself: one value against another, or against the files there are. Works on whatever could be
 * read.
 *
 * @param base where relative paths start
 */
record Consistency(Function<String, Optional<String>> cron, Path base) {
    void check(Section root) {
        var archives = Objects.requireNonNullElse(root.find(RootKeys.ARCHIVES), List.<Section>of());
        var sources = Objects.requireNonNullElse(root.find(RootKeys.SOURCES), List.<Section>of());
        checkDistinct(archives, ArchiveKeys.NAME);
        checkDistinct(archives, ArchiveKeys.DIRECTORY);
        checkDistinct(sources, SourceKeys.NAME);
        var tls = root.find(RootKeys.TLS);
        if (tls != null) {
            TlsKeys.check(tls, base);
        }
        var transfer = root.find(RootKeys.TRANSFER);
        if (transfer != null) {
            BandwidthKeys.check(transfer, TransferKeys.BANDWIDTH);
        }
        for (var source : sources) {
            BandwidthKeys.check(source, SourceKeys.BANDWIDTH);
            checkArchives(source, archives);
            checkSchedule(source);
            checkScope(source);
            checkEndpoints(source);
        }
    }

    private static <T> void checkDistinct(List<Section> sections, Key<T> key) {
        var seen = new HashSet<T>();
        for (var section : sections) {
            var value = section.find(key);
            if (value != null && !seen.add(value)) {
                section.fault(
                        key, Text.quoted(section.asWritten(key)) + " is another one's already; each needs its own");
            }
        }
    }

    private static void checkArchives(Section source, List<Section> archives) {
        var known = archives.stream()
                .flatMap(archive -> Optional.ofNullable(archive.find(ArchiveKeys.NAME)).stream())
                .toList();
        var named = source.find(SourceKeys.ARCHIVES);
        // An archive whose own name is at fault would make a second fault of the same slip.
        if (named == null || known.size() < archives.size() || archives.isEmpty()) {
            return;
        }
        for (var name : named) {
            if (!known.contains(name)) {
                source.fault(
                        SourceKeys.ARCHIVES,
                        shownArchive(source, name) + " is no archive of this file; " + Suggestion.among(known, name));
            }
        }
    }

    private static String shownArchive(Section source, String name) {
        return source.listsAsWritten(SourceKeys.ARCHIVES, name) ? Text.quoted(name) : "a name that is brought in there";
    }

    private void checkSchedule(Section source) {
        var schedule = source.find(SourceKeys.SCHEDULE);
        if (schedule == null) {
            return;
        }
        var written = source.asWritten(SourceKeys.SCHEDULE);
        cron.apply(schedule).ifPresent(complaint -> {
            // The checker quotes the expression; one that came by reference may be a secret put under the wrong key.
            var detail = written.equals(schedule) ? " (" + complaint + ")" : "";
            source.fault(
                    SourceKeys.SCHEDULE,
                    Text.quoted(written) + " is no Quartz cron expression" + detail
                            + "; write for example \"0 0/10 * * * ?\"");
        });
    }

    /** Huawei: every path holds the project's id, which IAM can tell from the region. */
    private static void checkScope(Section source) {
        var credentials = source.find(ProviderKeys.CREDENTIALS);
        if (!isHuawei(source) || credentials == null || source.has(ProviderKeys.PROJECT_ID)) {
            return;
        }
        if (!source.has(ProviderKeys.REGION)) {
            source.fault(
                    ProviderKeys.PROJECT_ID,
                    "missing; write the project's id, 32 hex digits, or a region and iam-endpoint in its place");
        } else if (!credentials.has(CredentialKeys.USER) && !credentials.has(CredentialKeys.IAM_ENDPOINT)) {
            credentials.fault(
                    CredentialKeys.IAM_ENDPOINT, "missing; without project-id, the project is asked for there");
        }
    }

    private static boolean isHuawei(Section source) {
        return switch (source.find(SourceKeys.PROVIDER)) {
            case HUAWEI_DCS, HUAWEI_GES -> true;
            case TENCENT_CRS, ALIYUN_OCEANBASE -> false;
            case null -> false;
        };
    }

    private static void checkEndpoints(Section source) {
        checkEncrypted(source, ProviderKeys.ENDPOINT, source);
        var credentials = source.find(ProviderKeys.CREDENTIALS);
        if (credentials != null) {
            checkEncrypted(credentials, CredentialKeys.IAM_ENDPOINT, source);
        }
    }

    private static void checkEncrypted(Section section, Key<URI> key, Section source) {
        var url = section.find(key);
        if (url == null || url.getScheme().equalsIgnoreCase("https")) {
            return;
        }
        var allowed = Objects.requireNonNullElse(source.find(ProviderKeys.ALLOW_HOSTS), List.<HostPattern>of());
        if (!isThisMachine(url.getHost()) && allowed.stream().noneMatch(host -> isNamed(host, url))) {
            section.fault(
                    key,
                    "http would show credentials to the network; write https, or name " + url.getHost()
                            + " in allow-hosts");
        }
    }

    private static boolean isNamed(HostPattern host, URI url) {
        return host.namesHostExactly() && host.matches(url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
    }

    private static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("[::1]");
    }
}
