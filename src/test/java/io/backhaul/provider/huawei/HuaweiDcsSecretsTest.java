package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.CapturedLog;
import io.backhaul.backup.BackupId;
import io.backhaul.provider.ScriptedCloud.Received;
import io.backhaul.provider.ScriptedCloud.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every secret in these tests has SECRET in it; nothing that is printed may have. */
class HuaweiDcsSecretsTest {
    private final Dcs dcs = new Dcs();

    @AfterEach
    void stop() throws IOException {
        dcs.close();
    }

    /** Answers that hold links, or echo what we sent: key, token, Authorization. */
    static Stream<Function<Received, Reply>> answers() {
        var link = Dcs.link("k", 1);
        return Stream.of(
                sent -> Dcs.links(link, link),
                sent -> Dcs.links(link, "not a link?Signature=LINKSECRET06"),
                sent -> Reply.json("{\"links\":[{\"link\":\"" + link + "\""),
                sent -> Reply.json("{\"links\":\"" + link.replace("/", "\\/") + "\"}"),
                sent -> Reply.json("{\"links\":[\"http:\\/\\/10.1.2.3\\/dump.rdb?LINKSECRET07\"]"),
                sent -> Reply.of(500, "<html>" + link + " " + sent.headers() + "</html>"),
                sent -> Reply.of(302, sent.headers().toString(), "Location: " + link),
                sent -> Dcs.error(400, "DCS.4800", "Invalid " + link + " in the request"),
                sent -> Dcs.error(401, link, "Get secretKey failed,ak:AKIDSECRET01,err:ak not exist"),
                sent -> Dcs.error(401, "APIGW.0301", "signature expired " + sent.header("Authorization")),
                sent -> Dcs.error(403, "DCS.2003", "token TOKENSECRET03 has no permission", "X-Request-Id: SKSECRET02"),
                sent -> Reply.of(200, "x".repeat(9 << 20) + link),
                sent -> Reply.hangUp());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void nothingThatIsPrintedHoldsASecret(Function<Received, Reply> answer) {
        for (var n = 0; n < 4; n++) {
            dcs.cloud.then(answer);
        }
        var printed = new ArrayList<>(List.of(dcs.source.toString(), dcs.runtime.toString(), Dcs.KEY.toString()));
        try (var log = new CapturedLog()) {
            printed.add(dcs.source
                    .links(Dcs.REDIS, new BackupId("b1"), Duration.ofHours(1))
                    .toString());
            printed.add(dcs.source.backups(Dcs.INSTANCE).toString());
            printed.add(dcs.source.instances().toString());
            printed.addAll(log.lines());
        }
        printed.addAll(dcs.calls);
        assertThat(dcs.cloud.received()).isNotEmpty();
        assertThat(printed).noneMatch(line -> line.contains("SECRET"));
    }
}
