package io.backhaul.provider.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Dice;
import io.backhaul.judge.AliyunJudge;
import io.backhaul.judge.AliyunJudge.Client;
import io.backhaul.judge.AliyunJudge.Keys;
import io.backhaul.judge.VendorJudge;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.ApiRequest.Body;
import io.backhaul.provider.ApiRequest.Parameter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whatever the request, our signatures are the ones that the vendor's own clients give. */
class AliyunSignersDifferentialTest {
    private static final AliyunJudge JUDGE = VendorJudge.load("aliyun", "AliyunSdk", AliyunJudge.class);
    private static final int REQUESTS = 400;
    private static final String ANY = "abZ09 -_.~*+:/?#[]@!$&'()=,;%\"<>\\^`{|}äß漢😀\t";
    private static final String IN_NAMES = "abzABZ019_.-~*";
    private static final String IN_KEYS = "abcXYZ019";

    private final Dice dice = Dice.of(AliyunSignersDifferentialTest.class);

    @Test
    void ourAcs3SignatureIsTheVendors() {
        for (var n = 0; n < REQUESTS; n++) {
            var key = key();
            var signer = new Acs3Signer(key);

            var signed = signer.sign(signer.calling(request(), action(), "2019-09-01"), at(), nonce());

            var headers = new HashMap<String, String>();
            signed.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
            var ours = headers.remove("authorization");
            headers.put("host", signed.host());
            if (signed.body() != null) {
                headers.put("content-type", signed.body().contentType());
            }
            var query = new HashMap<String, String>();
            signed.query().forEach(one -> query.put(one.name(), one.value()));
            assertThat(ours)
                    .as("request %d of %s: %s", n, dice, signed)
                    .isEqualTo(JUDGE.authorization(
                            keys(key),
                            signed.method(),
                            query,
                            headers,
                            Objects.requireNonNull(headers.get("x-acs-content-sha256"))));
        }
    }

    @Test
    void ourRpcSignatureIsTheVendorsOfEitherAge() {
        for (var n = 0; n < REQUESTS; n++) {
            var key = key();
            var signer = new RpcSigner(key);

            var signed = signer.sign(signer.calling(request(), action(), "2019-09-01"), at(), nonce());

            // As a gateway sees them: decoded from what was sent.
            var sent = new HashMap<>(decoded(signed.rawQuery()));
            if (signed.body() != null) {
                sent.putAll(decoded(signed.body().text()));
            }
            var ours = sent.remove("Signature");
            // The newer one leaves what is empty out of the text to sign; we never send such a thing.
            var judges = sent.containsValue("") ? List.of(Client.CORE) : List.of(Client.TEA_RPC, Client.CORE);
            for (var client : judges) {
                assertThat(ours)
                        .as("request %d of %s by %s: %s", n, dice, client, sent)
                        .isEqualTo(JUDGE.rpcSignature(client, key.secret(), signed.method(), sent));
            }
        }
    }

    private ApiRequest request() {
        var endpoint = dice.oneOf(List.of(
                URI.create("https://oceanbasepro.cn-hangzhou.aliyuncs.com"), URI.create("http://127.0.0.1:18080")));
        var parameters = new ArrayList<Parameter>();
        for (var left = dice.below(8); left > 0; left--) {
            // The number at the end keeps names apart.
            parameters.add(new Parameter("p" + dice.text(IN_NAMES, 6) + left, dice.text(ANY, 40)));
        }
        return dice.onceIn(3)
                ? new ApiRequest("GET", "x", "", endpoint, "/", parameters, Map.of(), null)
                : new ApiRequest("POST", "x", "", endpoint, "/", List.of(), Map.of(), Body.form(parameters));
    }

    private String action() {
        return dice.oneOf(List.of("DescribeInstances", "CreateBackupSetDownloadLink"));
    }

    private Instant at() {
        return Instant.ofEpochSecond(1_500_000_000L + dice.below(1 << 29));
    }

    private String nonce() {
        return "n" + dice.text("0123456789abcdef-", 36);
    }

    private AccessKey key() {
        var id = "LTAI" + dice.text(IN_KEYS, 20);
        var secret = "k" + dice.text(IN_KEYS, 40);
        return dice.onceIn(3)
                ? AccessKey.temporary(id, secret, "t" + dice.text(IN_KEYS + "/+=", 60))
                : AccessKey.permanent(id, secret);
    }

    private static Keys keys(AccessKey key) {
        return new Keys(key.id(), key.secret(), Objects.requireNonNullElse(key.token(), ""));
    }

    private static Map<String, String> decoded(String encoded) {
        var fields = new HashMap<String, String>();
        for (var pair : encoded.split("&", -1)) {
            var parts = pair.split("=", 2);
            if (parts.length == 2) {
                fields.put(decode(parts[0]), decode(parts[1]));
            }
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
