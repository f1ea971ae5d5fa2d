package io.backhaul.transfer;

import static io.backhaul.transfer.ScriptedStore.answer;
import static io.backhaul.transfer.ScriptedStore.cut;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No link's query gets into a report, a log line or the staging folder (DESIGN 5, rule 7). */
class SecrecyTest extends TransferTestBase {
    private static final Logger OKHTTP = Logger.getLogger("okhttp3");
    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage() + " " + line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        OKHTTP.setLevel(Level.ALL);
        OKHTTP.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        OKHTTP.removeHandler(handler);
        OKHTTP.setLevel(null);
    }

    @Test
    void howeverAFetchEndsItKeepsTheSecret() throws IOException {
        var echo =
                "<Error><Code>AccessDenied</Code><Message>GET /bucket/dump.bin" + QUERY + " denied</Message></Error>";
        var object = bytes(10_000);
        var replies = List.of(
                answer("403 Forbidden", echo),
                answer("404 Not Found", echo),
                answer("503 Slow Down", echo),
                answer("500 Oops", echo),
                answer("200 OK", echo, "Content-Type: application/xml"),
                answer("200 OK", echo),
                answer("302 Found", echo, "Location: http://10.0.0.1/x" + QUERY),
                answer("302 Found", echo, "Location: https://" + QUERY),
                out -> out.write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                out -> {
                    throw new IOException("cut");
                },
                cut("200 OK", object.length, new byte[5_000], "ETag: \"one\""),
                answer("206 Partial Content", echo, "Content-Range: " + QUERY),
                answer("412 Changed", echo),
                answer("200 OK", object, "x-oss-hash-crc64ecma: 12"));
        for (var reply : replies) {
            store.then(reply);
            check(fetch());
        }
        store.then(answer("302 Found", "", "Location: /next?token=redirectsecret99"));
        store.then(answer("403 Forbidden", echo.replace("denied", "denied, redirectsecret99")));
        check(fetch());
        assertThat(store.seen()).hasSize(replies.size() + 2);
        assertThat(logged).noneMatch(SecrecyTest::isSecret);
    }

    private void check(FetchReport report) throws IOException {
        assertThat(report.outcome()).isNotInstanceOf(FetchOutcome.Complete.class);
        assertThat(List.of(report.toString(), report.outcome().detail())).noneMatch(SecrecyTest::isSecret);
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).matches(text -> !isSecret(text));
            }
        }
    }

    private static boolean isSecret(String text) {
        var decoded = URLDecoder.decode(SECRET, StandardCharsets.UTF_8);
        return Stream.of(SECRET, decoded, "AKIDEXAMPLE99", "redirectsecret99", "1795219575")
                .anyMatch(text::contains);
    }
}
