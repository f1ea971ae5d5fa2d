package io.backhaul.provider.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Dice;
import io.backhaul.config.Network;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.provider.Setback;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers bent at random: whatever comes, each question has a declared outcome and no reason shows a secret. */
class AliyunFuzzTest {
    private static final int ROUNDS = 1500;
    private static final String LINK =
            "https://b.aliyuncs.com/one.zip?Expires=1795266000&OSSAccessKeyId=a&Signature=LINKSECRET";
    private static final String SET =
            OceanBase.set("\"bak-1\"", "DONE", ",\"Validity\":\"VALID\",\"DownloadTaskId\":17");
    private static final List<String> ANSWERS = List.of(
            "{\"TotalCount\":1,\"Instances\":[{\"InstanceId\":\"ob1\",\"InstanceName\":\"n\",\"State\":\"ONLINE\"}]}",
            "{\"RequestId\":\"r\"," + OceanBase.sets(1, SET) + "}",
            "{\"RequestId\":\"r\"," + OceanBase.sets(1, SET) + "}",
            "{\"Data\":{\"DownloadTaskId\":17}}",
            "{\"DownloadTaskId\":\"17\"}",
            "{\"Data\":{\"DownloadTaskStatus\":\"RUNNING\",\"InternalUrl\":\"" + LINK + "\"}}",
            "{\"Data\":{\"DownloadTaskStatus\":\"DONE\",\"InternalUrl\":\"" + LINK + "\",\"UrlAliveTime\":3600,"
                    + "\"UrlExpiredTime\":\"2026-11-21 21:00:00\"}}",
            "{\"Data\":{\"DownloadTaskStatus\":\"DONE\",\"DownloadLinks\":[{\"PartId\":1,\"Url\":\"" + LINK
                    + "\",\"InternalUrl\":\"" + LINK + "\",\"FileName\":\"a.zip\"},{\"PartId\":2,\"Url\":\"" + LINK
                    + "\",\"InternalUrl\":\"" + LINK + "\",\"FileName\":\"b.zip\"}]}}",
            "{\"Code\":\"BackupSet.NotFound\",\"Message\":\"m\",\"RequestId\":\"r\"}",
            "<?xml version='1.0'?><Error><Code>Throttling.User</Code><Message>m</Message></Error>");
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
            "\"not_exist\"",
            "\"FAILED\"",
            "\"\\uD800\"");

    private final Dice dice = Dice.of(AliyunFuzzTest.class);
    private final OceanBase ob = new OceanBase();

    @AfterEach
    void stop() throws IOException {
        ob.close();
    }

    @Test
    void whateverComesHasAnOutcome() {
        var network = dice.oneOf(List.of(Network.values()));
        var source = ob.source(network);
        for (var n = 0; n < ROUNDS; n++) {
            // No gate stays closed, and no allowance runs out.
            ob.clock.advance(Duration.ofMinutes(6));
            ob.nanos.addAndGet(10_000_000_000L);
            var about = "round " + n + " of " + dice;
            switch (dice.below(4)) {
                case 0 -> {
                    bentAnswers(4);
                    check(about, source.instances());
                }
                case 1 -> {
                    bentAnswers(4);
                    check(about, source.backups(OceanBase.INSTANCE));
                }
                default -> {
                    bentAnswers(8);
                    check(about, source.links(OceanBase.CLUSTER, OceanBase.SET, Duration.ZERO));
                }
            }
        }
    }

    /** What was not asked for stays in the script, for the next question. */
    private void bentAnswers(int count) {
        for (var left = count; left > 0; left--) {
            var answer = dice.oneOf(ANSWERS);
            var status = dice.oneOf(List.of(200, 200, 200, 200, 400, 404, 429, 503));
            ob.then(Reply.of(status, dice.onceIn(3) ? answer : bent(answer)));
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
                assertThat(listed.backups())
                        .as(about)
                        .allSatisfy(one -> assertThat(one.expiresAt()).isNull());
        }
    }

    private static void check(String about, LinksOutcome outcome) {
        switch (outcome) {
            case Setback setback -> checkReason(about, setback);
            case LinksOutcome.Preparing preparing ->
                assertThat(preparing.task()).as(about).isNotEmpty();
            case LinksOutcome.Granted granted -> {
                var grant = granted.grant();
                assertThat(grant.files()).as(about).allSatisfy(file -> {
                    assertThat(file.expiry().at()).isAfter(grant.issuedAt());
                    assertThat(Duration.between(grant.issuedAt(), file.expiry().at()))
                            .isLessThanOrEqualTo(Duration.ofDays(8));
                });
            }
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
