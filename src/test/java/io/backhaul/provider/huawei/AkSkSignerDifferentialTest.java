package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Dice;
import io.backhaul.judge.HuaweiJudge;
import io.backhaul.judge.HuaweiJudge.Keys;
import io.backhaul.judge.HuaweiJudge.Unsigned;
import io.backhaul.judge.VendorJudge;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever the request, our signature is the one that the vendor's own signer gives. */
class AkSkSignerDifferentialTest {
    private static final HuaweiJudge JUDGE = VendorJudge.load("huawei", "HuaweiSdk", HuaweiJudge.class);
    private static final int REQUESTS = 500;

    private static final String IN_PATHS = "abzABZ019-_.~*+:@!,;='()$&%/";
    private static final String ANY = "abZ09 -_.~*+:/?#[]@!$&'()=,;%\"<>\\^`{|}äß漢😀\t";
    /** No more: where a name needs encoding, the vendor's signer takes the raw and the encoded one for two. */
    private static final String IN_NAMES = "abzABZ019-_.~";

    private static final String IN_HEADERS = "abzABZ019 -_.~*+:/?#[]@!$&'()=,;%\"<>\\^`{|}";

    private final Dice dice = Dice.of(AkSkSignerDifferentialTest.class);

    @Test
    void ourSignatureIsTheVendors() {
        for (var n = 0; n < REQUESTS; n++) {
            var key = dice.onceIn(3)
                    ? AccessKey.temporary(
                            "AK" + n, "S/K+" + dice.text("abc019+/=", 40), "tok" + dice.text("abc019.-_=", 60))
                    : AccessKey.permanent("AK" + n, "S/K+" + dice.text("abc019+/=", 40));
            var request = request();
            var signed = new AkSkSigner(key).sign(request, Instant.ofEpochSecond(1_700_000_000L + dice.below(1 << 28)));
            assertThat(signed.headers().get("Authorization"))
                    .as("request %d of %s: %s ?%s %s", n, dice, request, request.rawQuery(), request.headers())
                    .isEqualTo(vendors(key, signed));
        }
    }

    private ApiRequest request() {
        var endpoint = dice.oneOf(List.of(
                URI.create("https://dcs.cn-north-4.myhuaweicloud.com"),
                URI.create("https://ges.example.org:8443"),
                URI.create("http://127.0.0.1:18080")));
        // A raw path as such; an escape in it is encoded once more. Of "//" the vendor's signer makes an empty text
        // and of "/" a slash: no such path is ever asked for, and which one the service takes is not known.
        var path = ("/" + dice.text(IN_PATHS, 40).replace("%", "%2B")).replaceFirst("^/{2,}$", "/");
        var request = dice.onceIn(2)
                ? ApiRequest.get("x", "", endpoint, path)
                : ApiRequest.post("x", "", endpoint, path, "{\"" + dice.text(ANY, 60) + "\":1}");
        for (var left = dice.below(6); left > 0; left--) {
            var name = dice.onceIn(3) ? dice.oneOf(List.of("Zed", "ip", "limit")) : "n" + dice.text(IN_NAMES, 6);
            request = request.asking(name, dice.text(ANY, 12));
        }
        for (var left = dice.below(4); left > 0; left--) {
            request = request.with(dice.oneOf(List.of("X-", "x-", "X_")) + "H" + left, dice.text(IN_HEADERS, 20));
        }
        return dice.onceIn(2) ? request.with("X-Project-Id", "0123456789abcdef0123456789abcdef") : request;
    }

    private static String vendors(AccessKey key, ApiRequest signed) {
        var headers = new LinkedHashMap<>(signed.headers());
        headers.remove("Authorization");
        var query = signed.query().stream()
                .map(pair -> Map.entry(pair.name(), pair.value()))
                .toList();
        var body = signed.body() == null ? "" : signed.body().text();
        var keys = new Keys(key.id(), key.secret(), "", "p", "");
        return JUDGE.authorization(
                keys, new Unsigned(signed.method(), signed.endpoint(), signed.path(), query, headers, body));
    }
}
