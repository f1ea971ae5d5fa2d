package io.backhaul.provider.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Dice;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.OfferedFile;
import io.backhaul.backup.SignedUrl;
import io.backhaul.config.Network;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinkExpiry;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.Provider;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.provider.Setback;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers bent at random: whatever comes, each question has a declared outcome and no reason shows a secret. */
class AnswersFuzzTest {
    private static final int ROUNDS = 1500;
    private static final String LINK =
            "https://b.cos.example/k.rdb?q-sign-time=1795262400%3B1795284060&q-signature=LINKSECRET";
    private static final List<String> ANSWERS = List.of(
            "{\"Response\":{\"TotalCount\":1,\"InstanceSet\":[{\"InstanceId\":\"crs-1\",\"InstanceName\":\"n\","
                    + "\"Size\":1024.0,\"CloseTime\":\"0000-00-00 00:00:00\"}],\"RequestId\":\"r\"}}",
            "{\"Response\":{"
                    + Crs.backups(1, Crs.row("b1", "2", ",\"ExpireTime\":\"2026-11-27 02:00:48\",\"Encrypted\":true"))
                    + "}}",
            "{\"Response\":{\"BackupInfos\":[{\"FileName\":\"a.rdb\",\"FileSize\":5,\"DownloadUrl\":\"" + LINK
                    + "\",\"InnerDownloadUrl\":\"" + LINK + "\"}],\"Filenames\":null}}",
            "{\"Response\":{\"DownloadUrl\":[\"" + LINK + "\"],\"InnerDownloadUrl\":[\"" + LINK
                    + "\"],\"Filenames\":[\"a\"]}}",
            "{\"Response\":{\"Error\":{\"Code\":\"ResourceUnavailable.BackupStatusInvalid\",\"Message\":\"m\"}}}",
            "{\"code\":0,\"totalCount\":1,\"data\":{\"redisSet\":[{\"redisId\":\"crs-1\",\"typeId\":\"1\"}]}}",
            "{\"code\":\"0\",\"totalCount\":\"1\",\"data\":{" + Crs.oldBackups(Crs.oldRow("b1", "\"2\"")) + "}}",
            "{\"code\":0,\"data\":{\"intranet\":\"" + LINK + "\",\"extranet\":\"http://10.0.0.1:90/d?/+LINKSECRET=\"}}",
            "{\"code\":10711,\"message\":\"(10711)x\",\"codeDesc\":\"BackupStatusAbnormal\"}");
    private static final List<String> VALUES = List.of(
            "null",
            "{}",
            "[]",
            "\"\"",
            "\" \"",
            "-1",
            "0",
            "1e400",
            "99999999999999999999999",
            "true",
            "[[[[[]]]]]",
            "\"+1000000000-01-01 00:00:00\"",
            "\"9999-12-31 23:59:59\"",
            "\"https://\"",
            "\"http://[::1\"",
            "\"\\u0000\"",
            "[null,7,\"x\",{}]",
            "{\"a\":{\"b\":[]}}",
            "\"" + "x".repeat(5000) + "\"",
            "[".repeat(200));

    private final Dice dice = Dice.of(AnswersFuzzTest.class);
    private final Crs crs = new Crs();
    private final List<Provider> sources =
            List.of(crs.newer(), crs.newer("usw", Network.INTERNAL, Duration.ofDays(7)), crs.older());

    @AfterEach
    void stop() throws IOException {
        crs.close();
    }

    @Test
    void everyAnswerHasADeclaredOutcome() {
        for (var n = 0; n < ROUNDS; n++) {
            var body = bent(dice.oneOf(ANSWERS));
            var about = "round " + n + " of " + dice + ": " + body.substring(0, Math.min(300, body.length()));
            // A refused credential would rest; the next round is another day.
            crs.clock.advance(Duration.ofDays(1));
            var source = dice.oneOf(sources);
            crs.then(Reply.of(dice.onceIn(6) ? dice.oneOf(List.of(204, 302, 403, 429, 500)) : 200, body));
            switch (dice.below(3)) {
                case 0 -> check(about, source.instances());
                case 1 -> check(about, source.backups(Crs.INSTANCE));
                default -> check(about, source.links(Crs.REDIS, new BackupId("b1"), Duration.ofMinutes(5)));
            }
        }
    }

    @Test
    void everyLinkHasAnExpiryThatCanBeBelieved() {
        var families = List.of(
                "q-sign-time=1795262400%3B1795284060&q-ak=x",
                "sign=q-sign-algorithm%3Dsha1%26q-sign-time%3D1795262400%3B1795284060", "/+tOk3n+==");
        var issued = crs.clock.instant();
        for (var n = 0; n < 20_000; n++) {
            var query = bent(dice.oneOf(families)).replaceAll("[^!-~]", "");
            var link = linkOrNothing("https://h.example/k?" + query);
            for (var one : link) {
                var expiry = LinkExpiry.of(one, issued, Duration.ofHours(6));
                assertThat(Duration.between(issued, expiry.at()).abs())
                        .as("round %d of %s: %s", n, dice, query)
                        .isLessThanOrEqualTo(Duration.ofDays(8));
            }
        }
    }

    private static List<SignedUrl> linkOrNothing(String text) {
        try {
            return List.of(SignedUrl.of(text));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("a link is no ");
            return List.of();
        }
    }

    private static void check(String about, InstancesOutcome outcome) {
        if (outcome instanceof Setback setback) {
            checkReason(about, setback);
        }
    }

    private static void check(String about, BackupsOutcome outcome) {
        switch (outcome) {
            case Setback setback -> checkReason(about, setback);
            case BackupsOutcome.Listed listed ->
                assertThat(listed.backups()).as(about).allSatisfy(one -> {
                    if (one.expiresAt() != null) {
                        assertThat(one.expiresAt()).isAfter(one.createdAt());
                    }
                });
        }
    }

    private static void check(String about, LinksOutcome outcome) {
        switch (outcome) {
            case Setback setback -> checkReason(about, setback);
            case LinksOutcome.Preparing preparing ->
                assertThat(preparing.task()).as(about).isNotEmpty();
            case LinksOutcome.Granted granted ->
                assertThat(granted.grant().files())
                        .as(about)
                        .extracting(OfferedFile::expiry)
                        .doesNotContainNull();
        }
    }

    private static void checkReason(String about, Setback setback) {
        assertThat(setback.reason()).as(about).doesNotContain("SECRET").hasSizeLessThan(1500);
    }

    private String bent(String text) {
        var bent = new StringBuilder(text);
        for (var left = 1 + dice.below(4); left > 0 && !bent.isEmpty(); left--) {
            var from = dice.below(bent.length());
            var to = Math.min(bent.length(), from + 1 + dice.below(12));
            switch (dice.below(5)) {
                case 0 ->
                    bent.setCharAt(
                            from, dice.oneOf(List.of('"', '{', '}', '[', ':', ',', '\\', '%', '0', 'x', '\uD800')));
                case 1 -> bent.delete(from, to);
                case 2 -> bent.insert(from, bent.substring(from, to));
                default -> replaceAValue(bent, from);
            }
        }
        return bent.toString();
    }

    /** What follows the next colon, up to where a value may end. */
    private void replaceAValue(StringBuilder text, int from) {
        var colon = text.indexOf(":", from);
        var end = Math.max(text.indexOf(",", colon + 1), colon + 1);
        if (colon >= 0) {
            text.replace(colon + 1, end, dice.oneOf(VALUES));
        }
    }
}
