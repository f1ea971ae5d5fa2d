package io.backhaul.provider.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Dice;
import io.backhaul.judge.TencentJudge;
import io.backhaul.judge.TencentJudge.Keys;
import io.backhaul.judge.VendorJudge;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.ApiRequest.Body;
import io.backhaul.provider.Hmac;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever the request, our signatures are the ones that the vendor's own clients give. */
class SignersDifferentialTest {
    private static final TencentJudge JUDGE = VendorJudge.load("tencent", "TencentSdk", TencentJudge.class);
    private static final int REQUESTS = 400;
    private static final String ANY = "abZ09 -_.~*+:/?#[]@!$&'()=,;%\"<>\\^`{|}äß漢😀\t";
    private static final String IN_KEYS = "abcXYZ019";

    private final Dice dice = Dice.of(SignersDifferentialTest.class);

    @Test
    void ourTc3SignatureIsTheVendors() {
        for (var n = 0; n < REQUESTS; n++) {
            var key = key();
            var host = dice.oneOf(List.of(
                    "redis.tencentcloudapi.com",
                    "redis.ap-guangzhou.tencentcloudapi.com",
                    "redis.intl.tencentcloudapi.com"));
            var type = dice.oneOf(List.of("application/json; charset=utf-8", "application/json"));
            var body = new Body(type, "{\"InstanceId\":\"" + dice.text(ANY, 80) + "\"}");
            var request = new ApiRequest(
                    "POST", "x", "", URI.create("https://" + host), "/", List.of(), Map.of("X-TC-Action", "A"), body);
            var at = Instant.ofEpochSecond(1_500_000_000L + dice.below(1 << 29));

            assertThat(new Tc3Signer(key).sign(request, at).headers().get("Authorization"))
                    .as("request %d of %s", n, dice)
                    .isEqualTo(JUDGE.authorization(keys(key), host, type, body.text(), at.getEpochSecond()));
        }
    }

    @Test
    void ourV2SignatureIsTheVendors() {
        for (var n = 0; n < REQUESTS; n++) {
            var key = key();
            var hmac = dice.oneOf(List.of(Hmac.values()));
            var endpoint = dice.oneOf(
                    List.of(URI.create("https://redis.api.qcloud.com"), URI.create("http://127.0.0.1:18080")));
            var request = new ApiRequest("POST", "x", "", endpoint, "/v2/index.php", List.of(), Map.of(), null);
            for (var left = dice.below(8); left > 0; left--) {
                var name = dice.text("abzABZ09_.", 6) + left;
                // What begins with @ is left out of a POST.
                request = request.asking(name, dice.onceIn(6) ? "@" + dice.text(ANY, 9) : dice.text(ANY, 40));
            }
            var at = Instant.ofEpochSecond(1_500_000_000L + dice.below(1 << 29));

            var signed = new V2Signer(key, hmac).sign(request, at, 1 + dice.below(Integer.MAX_VALUE - 1));

            var sent = form(Objects.requireNonNull(signed.body()).text());
            var ours = sent.remove("Signature");
            var host = request.host();
            assertThat(ours)
                    .as("request %d of %s: %s", n, dice, sent)
                    .isEqualTo(JUDGE.signatureV2("POST", host, "/v2/index.php", hmac.algorithm(), key.secret(), sent));
            assertThat(new V2Signer(key, hmac).signature("GET", host, "/v2/index.php", sent))
                    .isEqualTo(JUDGE.signatureV2("GET", host, "/v2/index.php", hmac.algorithm(), key.secret(), sent));
        }
    }

    private AccessKey key() {
        var id = "AKID" + dice.text(IN_KEYS, 30);
        var secret = "k" + dice.text(IN_KEYS, 40);
        return dice.onceIn(3)
                ? AccessKey.temporary(id, secret, "t" + dice.text(IN_KEYS + "/+=", 60))
                : AccessKey.permanent(id, secret);
    }

    private static Keys keys(AccessKey key) {
        return new Keys(key.id(), key.secret(), Objects.requireNonNullElse(key.token(), ""), "ap-guangzhou");
    }

    private static SortedMap<String, String> form(String text) {
        var form = new TreeMap<String, String>();
        for (var pair : text.split("&", -1)) {
            var parts = pair.split("=", 2);
            form.put(decoded(parts[0]), decoded(parts[1]));
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
