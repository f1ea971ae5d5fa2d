package io.backhaul.provider.tencent;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.Fields;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinkExpiry;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.NetworkLinks;
import io.backhaul.provider.NetworkLinks.Offer;
import io.backhaul.provider.OffsetPages.Rows;
import io.backhaul.provider.Provider;
import io.backhaul.provider.ProviderCalls;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.Rate;
import io.backhaul.provider.Retention;
import io.backhaul.provider.Setback;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.Setback.Unavailable;
import io.backhaul.provider.SourceLists;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Tencent's Redis by API 2018-04-12 (tencent-aliyun.md 1.2, 2.2). Safe for use by several threads.
 *
 * <p>Its times have no zone: see {@code CrsTimes} for what is assumed, so that a deadline may come early and never late.
 * Backups are asked for back to the retention hint, and at least four weeks. A status that may mean "in another flow"
 * or "deleted" counts as the former; only the lists tell that a backup is gone, or a code that says nothing else. A link
 * that the store refuses although it is fresh means the account's download restriction, and no expiry.
 */
public final class TencentCrs implements Provider {
    /** A link says itself when it dies; this is what the documents say, for one that does not. */
    private static final Duration LINK_LIFE = Duration.ofHours(6);
    /** Twenty in any one second (5), of whatever operation: burst and rate together. */
    private static final Rate RATE = new Rate(15, 5);

    private final TencentCrsSettings settings;
    private final Clock clock;
    private final ProviderCalls calls;
    private final V3Api api;
    private final ZoneOffset zone;
    private final V3Rows rows;
    private final SourceLists lists;
    private final KeyFacts keyFacts;
    private final NetworkLinks links;

    /** A source's own way to the provider; nothing is asked yet. */
    public TencentCrs(TencentCrsSettings settings, ProviderRuntime runtime) {
        var credential = settings.credential();
        var redactor = credential.redactor();
        var dialect = CrsDialect.tc3(credential, redactor);
        this.settings = settings;
        this.clock = runtime.clock();
        this.calls = new ProviderCalls(runtime, dialect, "tencent " + credential.id(), RATE);
        this.api = new V3Api(settings.endpoint(), settings.region(), calls, redactor);
        this.zone = CrsTimes.zoneOf(settings.region());
        this.rows = new V3Rows(zone);
        this.lists = new SourceLists(settings.source(), settings.instances());
        this.keyFacts = new KeyFacts(settings.source(), api::detail);
        this.links = new NetworkLinks(settings.network());
    }

    @Override
    public InstancesOutcome instances() {
        return lists.instances(api.instances(), rows::instance);
    }

    @Override
    public BackupsOutcome backups(Instance instance) {
        var id = instance.id();
        return switch (lists.backups(inEveryWindow(id), rows::backup, "instance=" + id)) {
            case BackupsOutcome.Listed listed -> keyFacts.completed(id, listed);
            case Setback setback -> setback;
        };
    }

    /** The validity is the provider's own choice. */
    @Override
    public LinksOutcome links(InstanceId instance, BackupId backup, Duration validity) {
        var request = api.linksRequest(instance, backup);
        return switch (api.links(request)) {
            case Failed<ApiAnswer> failed -> failed.why();
            case Got<ApiAnswer> got -> granted(request, got.value());
        };
    }

    /** As the operator hints, for backups that do not say themselves when they end. */
    @Override
    public Retention retention() {
        return new Retention(settings.retentionHint(), Retention.UNCAPPED);
    }

    @Override
    public boolean givesLinksFreely() {
        return true;
    }

    @Override
    public Duration clockOffset() {
        return calls.clockOffset();
    }

    @Override
    public void close() {
        calls.close();
    }

    @Override
    public String toString() {
        return "tencent-crs " + settings.source();
    }

    /** Each backup once; what is missing from one window is missing from the list. */
    private Asked<Rows<Fields>> inEveryWindow(InstanceId instance) {
        var found = new LinkedHashMap<String, Fields>();
        Coverage coverage = new Coverage.Complete();
        for (var window : Windows.reaching(settings.retentionHint(), clock.instant())) {
            var begin = CrsTimes.format(window.begin(), zone);
            switch (api.backups(instance, begin, CrsTimes.format(window.end(), zone))) {
                case Failed<Rows<Fields>> failed -> {
                    // With the instance gone or the first window unread there is no list at all.
                    if (found.isEmpty() || failed.why() instanceof Gone) {
                        return failed;
                    }
                    return new Got<>(new Rows<>(List.copyOf(found.values()), new Coverage.Partial(failed.why())));
                }
                case Got<Rows<Fields>> got -> {
                    for (var row : got.value().rows()) {
                        found.putIfAbsent(row.text(V3Rows.BACKUP_ID).orElse("\0row " + found.size()), row);
                    }
                    if (got.value().coverage() instanceof Coverage.Partial partial) {
                        coverage = partial;
                    }
                }
            }
        }
        return new Got<>(new Rows<>(List.copyOf(found.values()), coverage));
    }

    private LinksOutcome granted(ApiRequest request, List<Offer> offers, Instant issuedAt) {
        return links.grant(offers, request.asked(), issuedAt, link -> LinkExpiry.of(link, issuedAt, LINK_LIFE));
    }

    private LinksOutcome granted(ApiRequest request, ApiAnswer answer) {
        return switch (api.response(request, answer)) {
            case Failed<Fields> failed -> failed.why();
            case Got<Fields> got ->
                V3Links.offers(got.value())
                        .map(offers -> granted(request, offers, calls.issuedAt(answer)))
                        .orElseGet(() ->
                                new Unavailable(request.asked() + ": the answer has no links, only " + got.value()));
        };
    }
}
