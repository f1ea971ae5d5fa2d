package io.backhaul.provider.aliyun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
class AliyunSecretsTest {
    private static final String LINK =
            "https://b.aliyuncs.com/one.zip?Expires=1&OSSAccessKeyId=a&Signature=LINKSECRET04";

    private final OceanBase ob = new OceanBase();

    @AfterEach
    void stop() throws IOException {
        ob.close();
    }

    @Test
    void neitherLogsNorReasonsNorTextsShowOne() {
        var console = System.err;
        var log = new ByteArrayOutputStream();
        var shown = new ArrayList<String>();
        System.setErr(new PrintStream(log, true, UTF_8));
        try {
            for (var signature : AliyunSignature.values()) {
                for (var reply : List.of(
                        refusal("LTAISECRET01", "SKSECRET02 TOKENSECRET03/+="),
                        refusal(
                                "SignatureDoesNotMatch",
                                "server string to sign is:x%26SecurityToken%3DTOKENSECRET03%252F"),
                        refusal("InvalidTimeStamp.Expired", "SKSECRET02"),
                        Reply.json("{\"InternalUrl\":\"" + LINK),
                        Reply.json("<html>LTAISECRET01 " + LINK + "</html>"),
                        Reply.of(403, "<Error><Code>x</Code><Message>" + LINK + "</Message></Error>"),
                        Reply.json("{\"Data\":[{\"SetId\":\"bak-1\",\"Status\":\"" + LINK
                                + "\",\"StartTime\":\"x\"}]}"))) {
                    var source = ob.source("cn-hangzhou", signature, Network.PUBLIC);
                    ob.clock.advance(Duration.ofDays(1));
                    ob.then(reply);
                    shown.add(source.backups(OceanBase.INSTANCE).toString());
                    ob.clock.advance(Duration.ofDays(1));
                    ob.then(reply);
                    shown.add(source.links(OceanBase.CLUSTER, OceanBase.SET, Duration.ZERO)
                            .toString());
                    shown.add(source.toString());
                }
            }
            ob.clock.advance(Duration.ofDays(1));
            ob.lists("\"DownloadTaskId\":\"" + LINK + "\"")
                    .describes(LINK + " failed", ",\"InternalUrl\":\"" + LINK + "\"")
                    .says("\"DownloadTaskId\":1");
            shown.add(ob.source()
                    .links(OceanBase.CLUSTER, OceanBase.SET, Duration.ZERO)
                    .toString());
        } finally {
            System.setErr(console);
        }
        shown.add(
                ob.settings("cn-hangzhou", AliyunSignature.ACS3, Network.PUBLIC).toString());

        assertThat(shown).allSatisfy(text -> assertThat(text).doesNotContain("SECRET"));
        assertThat(log.toString(UTF_8)).contains("signature was stale").doesNotContain("SECRET");
    }

    private static Reply refusal(String code, String message) {
        return Reply.of(400, "{\"Code\":\"" + code + "\",\"Message\":\"" + message + "\",\"RequestId\":\"r\"}");
    }
}
