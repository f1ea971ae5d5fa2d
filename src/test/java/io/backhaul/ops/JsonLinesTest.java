package io.backhaul.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:55:06.444987Z");
    private static final BackupRef BACKUP =
            new BackupRef(new SourceName("prod"), new InstanceId("i-1"), new BackupId("b-1"));

    @Test
    void anEventIsOneObjectOnALineWithItsValuesAsFields() {
        var event = LogEvents.at(
                NOW,
                "transfer pauses backup={} attempt={} retryAt={} free={} reason={}",
                BACKUP,
                3,
                Instant.EPOCH,
                new ByteCount(2048),
                "HTTP 403 key=\"x\" said\n{}");

        assertThat(line(event)).isEqualTo("""
                {"time":"2026-11-21T03:55:06.444Z","level":"WARN","thread":"virtual-82",\
                "logger":"io.backhaul.pipeline.SetTransfer","message":"transfer pauses",\
                "source":"prod","instance":"i-1","backup":"b-1","attempt":3,"retryAt":"1970-01-01T00:00:00Z",\
                "free":2048,"reason":"HTTP 403 key=\\"x\\" said\\n{}"}
                """);
    }

    @Test
    void aFieldThatIsCalledLikeOneOfEveryLineDoesNotReplaceIt() {
        var json = json(LogEvents.at(NOW, "somebody else's level={}", "high"));

        assertThat(json.path("level").asString()).isEqualTo("WARN");
        assertThat(json.path("level_").asString()).isEqualTo("high");
    }

    @Test
    void textsOfLibrariesStayWhole() {
        assertThat(json(LogEvents.at(NOW, "pool {} is {}", "a", null))
                        .path("message")
                        .asString())
                .isEqualTo("pool a is null");
        assertThat(json(LogEvents.at(NOW, "braces {} of its own"))
                        .path("message")
                        .asString())
                .isEqualTo("braces {} of its own");
    }

    @Test
    void whatIsAddedToAnEventIsAFieldToo() {
        var event = LogEvents.at(NOW, "again");
        event.addKeyValuePair(new KeyValuePair("repeated", 8L));

        assertThat(json(event).path("repeated").asInt()).isEqualTo(8);
    }

    @Test
    void aStackTraceIsAFieldAndNotMoreLines() {
        var event = LogEvents.at(NOW, "broken");
        event.setThrowableProxy(new ThrowableProxy(new IOException("disk")));

        assertThat(line(event).lines()).hasSize(1);
        assertThat(json(event).path("error").asString()).contains("java.io.IOException: disk", "\tat ");
    }

    private static String line(LoggingEvent event) {
        return new String(new JsonLines().encode(event), UTF_8);
    }

    private static JsonNode json(LoggingEvent event) {
        return JsonMapper.shared().readTree(line(event));
    }
}
