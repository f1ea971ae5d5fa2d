package io.backhaul.config;

import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import io.backhaul.config.Text.Exposure;
import io.backhaul.config.Text.Parsed;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The keys of one of {@code sources}; what differs by provider is in {@link ProviderKeys}. */
final class SourceKeys {
    static final Key<SourceName> NAME = Key.required(
            "name",
            Texts.sourceName(),
            "prod-redis",
            "Name of the source: first folder of its sets, label of metrics.");
    static final Key<ProviderKind> PROVIDER = Key.required(
            "provider",
            Texts.words(List.of(ProviderKind.values()), ProviderKind::word),
            "huawei-dcs",
            "Which cloud and product.");
    static final Key<String> SCHEDULE = Key.defaulted(
            "schedule",
            Texts.plain("a Quartz cron expression"),
            "0 0/10 * * * ?",
            "When to list backups: Quartz cron, with seconds first.");
    static final Key<List<String>> ARCHIVES = Key.optional(
            "archives",
            Items.of(Texts.name()),
            "Archives that keep every backup of this source; without it all of them.");

    private static final Key<InstanceSelection> INSTANCES = Key.defaulted(
            "instances",
            new Either<>(
                    new Text<>(
                            "all or a list of ids",
                            "",
                            Exposure.PLAIN,
                            Shape.object("const", "all"),
                            SourceKeys::parseAll),
                    new Items<InstanceId, InstanceSelection>(Texts.instanceId(), InstanceSelection.Listed::new)),
            "all",
            "Which instances: all, or a list of their ids.");
    private static final Key<Secret> HEARTBEAT_URL = Key.optional(
            "heartbeat-url",
            Texts.secretUrl(),
            "A URL to ask for (GET) after a backup of this source is archived and verified: a dead-man's switch.");
    private static final Key<Duration> RPO = Key.defaulted(
            "rpo",
            Texts.duration("1m", "366d"),
            "26h",
            "The newest verified copy of an instance must never be older than this.");
    private static final Key<Duration> RETENTION_HINT = Key.defaulted(
            "retention-hint",
            Texts.duration("1h", "3660d"),
            "7d",
            "How long the provider keeps a backup, where its API does not say.");

    private static final Key<Integer> CONCURRENCY = Key.optional(
            "concurrency",
            Texts.integer(1, 64),
            "How many backups of this source one node transfers at once; without it as many as transfer.concurrency.");
    static final Key<Bandwidth> BANDWIDTH =
            BandwidthKeys.key("What one node takes from this source at most, within transfer.bandwidth");

    private static final Key<Integer> REQUESTS_PER_SECOND = Key.optional(
            "requests-per-second",
            Texts.integer(1, 1000),
            "How often each of the provider's operations is called at most: without it 10 (Huawei), 15 and 5 (Tencent 3.0"
                    + " and v2), 3 (Alibaba). Sources with the same credentials and the same number share it.");

    static final FormsByWord FORMS = new FormsByWord(
            PROVIDER.name(),
            Forms.of(
                    form(ProviderKind.HUAWEI_DCS, ProviderKeys.PROJECT_ID, ProviderKeys.REGION),
                    form(ProviderKind.HUAWEI_GES, ProviderKeys.PROJECT_ID, ProviderKeys.REGION),
                    form(ProviderKind.TENCENT_CRS, ProviderKeys.OWN_REGION, ProviderKeys.API),
                    form(ProviderKind.ALIYUN_OCEANBASE, ProviderKeys.REGION, ProviderKeys.SIGNATURE)));

    private SourceKeys() {}

    private static Fields form(ProviderKind provider, Key<?> scope, Key<?> detail) {
        return Fields.named(
                provider.word(),
                List.of(
                        NAME,
                        PROVIDER,
                        ProviderKeys.endpoint(provider),
                        scope,
                        detail,
                        ProviderKeys.credentials(provider),
                        INSTANCES,
                        SCHEDULE,
                        ARCHIVES,
                        HEARTBEAT_URL,
                        RPO,
                        RETENTION_HINT,
                        ProviderKeys.linkValidity(provider),
                        ProviderKeys.network(provider),
                        ProviderKeys.allowHosts(provider),
                        CONCURRENCY,
                        BANDWIDTH,
                        REQUESTS_PER_SECOND));
    }

    /**
     * Makes the record.
     *
     * @param everyArchive for a source that names none
     * @param zone of timetables
     */
    static SourceConfig build(Section section, List<String> everyArchive, ZoneId zone) {
        var archives = section.find(ARCHIVES);
        return new SourceConfig(
                section.value(NAME),
                section.value(PROVIDER),
                section.value(ProviderKeys.ENDPOINT),
                section.find(ProviderKeys.PROJECT_ID),
                section.find(ProviderKeys.REGION),
                section.find(ProviderKeys.API),
                section.find(ProviderKeys.SIGNATURE),
                CredentialKeys.build(section.value(ProviderKeys.CREDENTIALS)),
                section.value(INSTANCES),
                section.value(SCHEDULE),
                archives == null ? everyArchive : archives,
                section.find(HEARTBEAT_URL),
                section.value(RPO),
                section.value(RETENTION_HINT),
                section.value(ProviderKeys.LINK_VALIDITY),
                section.value(ProviderKeys.NETWORK),
                section.value(ProviderKeys.ALLOW_HOSTS),
                section.find(CONCURRENCY),
                BandwidthKeys.build(section, BANDWIDTH, zone),
                section.find(REQUESTS_PER_SECOND));
    }

    private static Parsed<InstanceSelection> parseAll(String text) {
        return text.equals("all")
                ? new Parsed.Value<>(new InstanceSelection.All())
                : Parsed.refused("is not all; to list ids write [" + text + "]");
    }
}
