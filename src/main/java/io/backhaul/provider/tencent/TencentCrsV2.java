package io.backhaul.provider.tencent;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Fields;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinkExpiry;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.NetworkLinks;
import io.backhaul.provider.NetworkLinks.Offer;
import io.backhaul.provider.Provider;
import io.backhaul.provider.ProviderCalls;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.Rate;
import io.backhaul.provider.Retention;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.SourceLists;
import java.time.Duration;
import java.util.List;

/**
 * Tencent's Redis by the old API v2 (tencent-aliyun.md 1.1, 2.1). Safe for use by several threads.
 *
 * <p>Its links are plain http to single machines by address and port, with an opaque token for a query; they are handed
 * on byte for byte, and the operator has to name those machines in {@code allow-hosts}. Times have no zone, see {@code
 * CrsTimes}. Requests go as POST, so that neither key nor signature stands in a URL; signed with HmacSHA256.
 */
public final class TencentCrsV2 implements Provider {
    /** The documents' word; the link itself says nothing. */
    private static final Duration LINK_LIFE = Duration.ofHours(12);
    /** For manual and automatic backups alike. */
    private static final Duration KEPT = Duration.ofDays(7);
    /** No limit is published (5). */
    private static final Rate RATE = new Rate(5, 5);

    private final TencentCrsSettings settings;
    private final ProviderCalls calls;
    private final V2Api api;
    private final V2Rows rows;
    private final SourceLists lists;
    private final NetworkLinks links;
    private final V2Exports exports;

    /** A source's own way to the provider; nothing is asked yet. */
    public TencentCrsV2(TencentCrsSettings settings, ProviderRuntime runtime) {
        var credential = settings.credential();
        var redactor = credential.redactor();
        var dialect = CrsDialect.v2(credential, redactor);
        this.settings = settings;
        this.calls = new ProviderCalls(runtime, dialect, "tencent " + credential.id(), RATE);
        this.api = new V2Api(settings.endpoint(), settings.region(), calls, redactor);
        this.rows = new V2Rows(CrsTimes.zoneOf(settings.region()));
        this.lists = new SourceLists(settings.source(), settings.instances());
        this.links = new NetworkLinks(settings.network());
        this.exports = new V2Exports(api, rows, lists, runtime.clock());
    }

    @Override
    public InstancesOutcome instances() {
        return lists.instances(api.instances(), rows::instance);
    }

    @Override
    public BackupsOutcome backups(Instance instance) {
        return lists.backups(api.backups(instance.id()), rows::backup, "instance=" + instance.id());
    }

    /** The validity is the provider's own choice. A cluster's backup is a preparation first. */
    @Override
    public LinksOutcome links(InstanceId instance, BackupId backup, Duration validity) {
        var request = api.linksRequest(instance, backup);
        var outcome = switch (api.links(request)) {
            case Failed<ApiAnswer> failed -> failed.why();
            case Got<ApiAnswer> got -> granted(request, got.value());
        };
        if (outcome instanceof LinksOutcome.Granted) {
            exports.done(instance, backup);
        }
        return outcome instanceof Busy busy ? exports.without(instance, backup, busy) : outcome;
    }

    /** Seven days, or less if the operator says so. */
    @Override
    public Retention retention() {
        var hint = settings.retentionHint();
        return new Retention(hint.compareTo(KEPT) < 0 ? hint : KEPT, Retention.UNCAPPED);
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
        return "tencent-crs v2 " + settings.source();
    }

    private LinksOutcome granted(ApiRequest request, ApiAnswer answer) {
        return switch (api.data(request, answer)) {
            case Failed<Fields> failed -> failed.why();
            case Got<Fields> got -> {
                var data = got.value();
                var offer = new Offer(
                        "",
                        null,
                        data.text("extranet").orElse(""),
                        data.text("intranet").orElse(""));
                var issuedAt = calls.issuedAt(answer);
                yield links.grant(
                        List.of(offer), request.asked(), issuedAt, link -> LinkExpiry.of(link, issuedAt, LINK_LIFE));
            }
        };
    }
}
