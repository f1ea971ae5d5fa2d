package io.backhaul.ops;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin HTTP endpoint: {@code /metrics}, {@code /healthz}, {@code /readyz} and the status page at {@code /}. */
public final class AdminServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final CatalogGauges gauges;
    private final Health health;
    private final StatusPage page;
    private final Javalin server;

    private AdminServer(PrometheusMeterRegistry registry, CatalogGauges gauges, Health health, StatusPage page) {
        this.registry = registry;
        this.gauges = gauges;
        this.health = health;
        this.page = page;
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/metrics", this::metrics);
            config.routes.get("/healthz", context -> context.result("alive\n"));
            config.routes.get("/readyz", this::ready);
            config.routes.get("/", this::status);
            config.routes.exception(RuntimeException.class, this::broken);
        });
    }

    /**
     * Listens.
     *
     * @param port 0 for any free one
     * @throws AdminAddressException when that address cannot be had
     */
    public static AdminServer start(
            String host,
            int port,
            PrometheusMeterRegistry registry,
            CatalogGauges gauges,
            Health health,
            StatusPage page) {
        var admin = new AdminServer(registry, gauges, health, page);
        try {
            admin.server.start(host, port);
        } catch (JavalinException e) {
            admin.close();
            throw new AdminAddressException(host + ":" + port, e);
        }
        log.info("admin listens address={}", host + ":" + admin.port());
        return admin;
    }

    public int port() {
        return server.port();
    }

    /** What is counted is served even while the database is away; the gauges then stand as they last were. */
    private void metrics(Context context) {
        gauges.refresh();
        context.contentType(METRICS_TYPE).result(registry.scrape());
    }

    private void ready(Context context) {
        var problems = health.problems();
        context.status(problems.isEmpty() ? 200 : 503)
                .result(problems.isEmpty() ? "ready\n" : String.join("\n", problems) + "\n");
    }

    private void status(Context context) {
        context.html(page.render());
    }

    private void broken(RuntimeException failure, Context context) {
        log.warn("admin request broke path={} reason={}", context.path(), failure.toString());
        context.status(503).result("not available just now; the log says why\n");
    }

    @Override
    public void close() {
        server.stop();
    }
}
