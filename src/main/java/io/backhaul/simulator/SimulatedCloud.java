package io.backhaul.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider on a loopback port: Huawei's DCS, GES and IAM with the object store their links lead to, as in
 * {@code contracts/huawei.md}; Tencent's Redis APIs and Alibaba's OceanBase API with their stores, as in {@code
 * contracts/tencent-aliyun.md}. It follows its contract to the letter, checks every signature, and misbehaves only on
 * order. It reads no clock but the one it was given; waits alone are in real time.
 *
 * <p>It is started once and closed once. Any thread may call anything at any time; what is added or ordered counts from
 * the next request on.
 */
public final class SimulatedCloud implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedCloud.class);

    private final ProviderClock clock;
    private final FaultPlan faults = new FaultPlan();
    private final Journal journal = new Journal();
    private final Pace pace = new Pace();
    private final AtomicLong requestIds = new AtomicLong();
    private final Links links;
    private final IamAccount iam;
    private final DcsAccount dcs;
    private final GesAccount ges;
    private final CrsAccount crs;
    private final OceanBaseAccount oceanbase;
    private final Wire wire;
    private final List<Endpoint> endpoints;

    /** Opens nothing yet. */
    public SimulatedCloud(CloudSettings settings) {
        clock = new ProviderClock(settings.clock());
        wire = new Wire(this::answer, pace);
        var store = new ObjectStore(clock);
        links = new Links(settings, clock);
        iam = new IamAccount(clock, settings);
        dcs = new DcsAccount(store, settings.region());
        ges = new GesAccount(store, settings.region());
        crs = new CrsAccount(store, settings.region(), clock);
        oceanbase = new OceanBaseAccount(store, settings.region(), clock);
        endpoints = Stream.of(tencent(settings, store), alibaba(settings, store), huawei(settings, store))
                .flatMap(List::stream)
                .toList();
    }

    private List<Endpoint> tencent(CloudSettings settings, ObjectStore store) {
        var elsewhere = new CrsAccount(store, "elsewhere", clock);
        var cosLinks = new CosLinks(settings, clock);
        var tokens = new TokenLinks(settings, clock);
        var errors = new CrsErrors(this::nextRequestId);
        var olderErrors = new CrsV2Errors();
        var cos = new CosManners(this::nextRequestId);
        var server = new TokenManners();
        return List.of(
                new CrsEndpoint(
                        settings,
                        new Tc3Verifier(settings, errors, clock),
                        errors,
                        new CallDesk(faults, errors),
                        new CrsActions(settings, crs, cosLinks, journal, errors, wire::endpoint),
                        new CrsActions(settings, elsewhere, cosLinks, journal, errors, wire::endpoint)),
                new CrsV2Endpoint(
                        settings,
                        new CrsV2Verifier(settings, olderErrors, clock),
                        olderErrors,
                        new CallDesk(faults, olderErrors),
                        new CrsV2Actions(settings, crs, tokens, journal, olderErrors, wire::endpoint),
                        new CrsV2Actions(settings, elsewhere, tokens, journal, olderErrors, wire::endpoint)),
                new StoreEndpoint(
                        "/" + crs.bucket() + "/",
                        store::find,
                        cosLinks,
                        cos,
                        new DownloadDesk(store, cos, faults, journal, pace),
                        journal),
                new TokenEndpoint(
                        store, tokens, new DownloadDesk(store, server, faults, journal, pace), journal, server));
    }

    private List<Endpoint> alibaba(CloudSettings settings, ObjectStore store) {
        var region = settings.region();
        var errors = new OceanBaseErrors("oceanbasepro." + region + ".aliyuncs.com", this::nextRequestId);
        var ossLinks = new OssLinks(settings, clock);
        var oss = new OssManners(
                oceanbase.bucket() + ".oss-" + region + ".aliyuncs.com", ossLinks, clock, this::nextRequestId);
        var grants = new OceanBaseGrants(settings, ossLinks, clock, journal, wire::endpoint);
        return List.of(
                new OceanBaseEndpoint(
                        settings,
                        new AcsVerifier(settings, errors, clock),
                        errors,
                        new CallDesk(faults, errors),
                        new OceanBaseActions(oceanbase, grants, errors, clock)),
                new StoreEndpoint(
                        "/" + oceanbase.bucket() + "/",
                        oceanbase::find,
                        ossLinks,
                        oss,
                        new DownloadDesk(store, oss, faults, journal, pace),
                        journal));
    }

    private List<Endpoint> huawei(CloudSettings settings, ObjectStore store) {
        var issuer =
                new LinkIssuer(links, journal, () -> Objects.requireNonNullElseGet(settings.filesAt(), wire::endpoint));
        var errors = new HuaweiErrors(HuaweiErrors.Service.DCS, this::nextRequestId);
        var gesErrors = new HuaweiErrors(HuaweiErrors.Service.GES, this::nextRequestId);
        var gateway = new HuaweiGateway(settings, clock, iam, errors);
        var desk = new CallDesk(faults, errors);
        var obs = new ObsManners(store, this::nextRequestId);
        return List.of(
                new IamEndpoint(iam, gateway, desk, this::nextRequestId),
                new GesEndpoint(settings, clock, gateway, gesErrors, new CallDesk(faults, gesErrors), ges, issuer),
                new DcsEndpoint(
                        settings,
                        gateway,
                        errors,
                        desk,
                        new DcsLists(dcs, errors),
                        new DcsLinks(settings, dcs, issuer, errors)),
                // Last of all, and everything that nobody else claims: who asks for nonsense gets a store's answer.
                new StoreEndpoint(
                        "", store::find, links, obs, new DownloadDesk(store, obs, faults, journal, pace), journal));
    }

    /** Opens a free port on 127.0.0.1. */
    public void start() {
        start(0);
    }

    /** Opens this port on 127.0.0.1, or a free one where that is zero or taken: links of an earlier run lead here. */
    public void start(int port) {
        wire.start(port);
        LOG.info("simulated cloud started endpoint={}", endpoint());
    }

    /** Tears every connection, stalled ones too, and leaves no thread. */
    @Override
    public void close() {
        wire.close();
    }

    /** {@code http://127.0.0.1:PORT}, for API and store alike; known once started. */
    public URI endpoint() {
        return wire.endpoint();
    }

    /** The Redis instances and their backups. */
    public DcsAccount dcs() {
        return dcs;
    }

    /** The graphs and their backups. */
    public GesAccount ges() {
        return ges;
    }

    /** Users, tokens and projects; there is no user until one is added. */
    public IamAccount iam() {
        return iam;
    }

    /** Which family the links are of that are handed out from now on: V2 unless told. */
    public void issueLinksAs(LinkFamily family) {
        links.issueAs(family);
    }

    /** Tencent's Redis instances and their backups, for both of its APIs. */
    public CrsAccount crs() {
        return crs;
    }

    /** Alibaba's OceanBase clusters, their backup sets and download tasks. */
    public OceanBaseAccount oceanbase() {
        return oceanbase;
    }

    /** Where faults are ordered. */
    public FaultPlan faults() {
        return faults;
    }

    /** What was asked so far. */
    public Journal journal() {
        return journal;
    }

    /** Sets the provider's clock apart from the true time: Date, expiries and signature checks follow it. */
    public void setClockAheadBy(Duration ahead) {
        clock.setAheadBy(ahead);
    }

    /** Lets every download go no faster than this, one by one, until told otherwise. */
    public void limitDownloadsTo(long bytesPerSecond) {
        pace.limitTo(bytesPerSecond);
    }

    /** Lets every answer go on that is stalled now. */
    public void releaseStalls() {
        pace.release();
    }

    private WireAnswer answer(WireRequest request) throws InterruptedException {
        var at = clock.instant();
        var reply = reply(request);
        var dated = reply.answer().with("Date", HttpDate.of(at));
        var order = reply.order();
        journal.record(request, at, reply);
        if (order == null) {
            return dated;
        }
        if (order.fault() == Fault.ANSWER_LATE) {
            pace.waitFor(order.duration());
        }
        return FaultAnswers.spoil(order, dated);
    }

    private Reply reply(WireRequest request) {
        try {
            return endpoints.stream()
                    .filter(e -> e.isMeant(request))
                    .findFirst()
                    .orElseThrow()
                    .reply(request);
        } catch (RuntimeException e) {
            LOG.error("the simulator is broken; the client gets a 500 path={}", request.rawPath(), e);
            return Reply.refusing(WireAnswer.of(500, "text/plain", Content.text("the simulator is broken\n")));
        }
    }

    private String nextRequestId() {
        return HexFormat.of().toHexDigits(requestIds.incrementAndGet()) + "00000000";
    }
}
