package io.backhaul.provider.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.BackupId;
import io.backhaul.config.Network;
import io.backhaul.provider.ScriptedCloud.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every secret of these tests has SECRET in it; none may turn up in what people see. */
class TencentSecretsTest {
    private final Crs crs = new Crs();

    @AfterEach
    void stop() throws IOException {
        crs.close();
    }

    @Test
    void neitherLogsNorReasonsNorTextsShowOne() {
        var console = System.err;
        var log = new ByteArrayOutputStream();
        var shown = new ArrayList<String>();
        System.setErr(new PrintStream(log, true, UTF_8));
        try {
            for (var source : List.of(crs.newer(), crs.older())) {
                for (var body : List.of(
                        "{\"Response\":{\"Error\":{\"Code\":\"AKIDSECRET01\",\"Message\":\"SKSECRET02 TOKENSECRET03\"}}}",
                        "{\"code\":4100,\"message\":\"(4100)AKIDSECRET01\",\"codeDesc\":\"TOKENSECRET03\"}",
                        "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SignatureExpire\",\"Message\":\"SKSECRET02\"}}}",
                        "{\"intranet\":\"http://10.0.0.1/d?LINKSECRET04",
                        "<html>AKIDSECRET01 http://10.0.0.1/d?LINKSECRET04</html>")) {
                    crs.clock.advance(Duration.ofDays(1));
                    crs.then(Reply.json(body));
                    shown.add(source.backups(Crs.INSTANCE).toString());
                    crs.clock.advance(Duration.ofDays(1));
                    crs.then(Reply.json(body));
                    shown.add(source.links(Crs.REDIS, new BackupId("b"), Duration.ofMinutes(5))
                            .toString());
                }
                shown.add(source.toString());
            }
        } finally {
            System.setErr(console);
        }
        shown.add(
                crs.settings("ap-guangzhou", Network.PUBLIC, Duration.ofDays(7)).toString());
        shown.add(Crs.KEY.toString());

        assertThat(shown).allSatisfy(text -> assertThat(text).doesNotContain("SECRET"));
        assertThat(log.toString(UTF_8)).contains("signature was stale").doesNotContain("SECRET");
    }
}
