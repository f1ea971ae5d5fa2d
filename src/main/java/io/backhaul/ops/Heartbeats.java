package io.backhaul.ops;

import io.backhaul.backup.BackupRef;
import io.backhaul.backup.SourceName;
import io.backhaul.config.Secret;
import io.backhaul.config.Trust;
import io.backhaul.pipeline.PipelineEvents;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The dead-man's switch: after a backup is archived and verified, the source's URL is asked for, so that somebody outside
 * notices when that stops, whatever the reason. Nothing else ever asks for it. It is done aside from the transfers and
 * touches nothing of theirs: a failure is logged once until it ends, and the next archived backup tries again.
 */
public final class Heartbeats implements PipelineEvents, AutoCloseable {
    /** To connect, and again to get an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<SourceName, Heartbeat> heartbeats;
    private final HttpClient client;
    private volatile boolean closing;

    /** @param urls of the sources that have one; http or https */
    public Heartbeats(Map<SourceName, Secret> urls, Trust trust, MeterRegistry registry, Clock clock) {
        client = HttpClient.newBuilder()
                .sslContext(trust.context())
                // A redirect might carry the URL's secret to somebody else.
                .followRedirects(Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .build();
        heartbeats = urls.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, url -> new Heartbeat(url.getKey(), url.getValue(), registry, clock)));
    }

    @Override
    public void archived(BackupRef backup) {
        var heartbeat = heartbeats.get(backup.source());
        if (heartbeat != null && heartbeat.begin()) {
            Thread.startVirtualThread(() -> callUntilSettled(heartbeat));
        }
    }

    private void callUntilSettled(Heartbeat heartbeat) {
        boolean again;
        do {
            again = call(heartbeat);
        } while (again);
    }

    private boolean call(Heartbeat heartbeat) {
        var request =
                HttpRequest.newBuilder(heartbeat.url()).timeout(PATIENCE).GET().build();
        try {
            // Only the status counts: a body is not waited for.
            var answer = client.send(request, BodyHandlers.ofInputStream());
            answer.body().close();
            return heartbeat.answered(answer.statusCode());
        } catch (IOException e) {
            if (closing) {
                return false;
            }
            // The kind alone: the text may quote the URL.
            return heartbeat.failed(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closing = true;
        client.shutdownNow();
    }
}
