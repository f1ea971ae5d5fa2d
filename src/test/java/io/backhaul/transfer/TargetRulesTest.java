package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.backhaul.config.HostPattern;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRulesTest {
    private static TargetRules rules(String... patterns) {
        return new TargetRules(Stream.of(patterns).map(HostPattern::new).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "*.myhuaweicloud.com, https://b.obs.cn-north-4.myhuaweicloud.com:443/k",
        "*.myhuaweicloud.com, https://B.OBS.MyHuaweiCloud.com/k",
        "files.example, http://files.example/k",
        "files.example:8443, https://files.example:8443/k",
        "*.example.org:8443, https://a.example.org:8443/k",
        "files.example, https://files.example:8443/k",
        "127.0.0.1:9000, http://127.0.0.1:9000/k",
        "[::1]:9000, http://[::1]:9000/k",
    })
    void aTargetThatMatchesIsAllowed(String pattern, String target) {
        assertThat(rules(pattern).refusal(URI.create(target))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*.myhuaweicloud.com, https://myhuaweicloud.com/k, host not allowed: myhuaweicloud.com:443",
        "*.myhuaweicloud.com, https://evilmyhuaweicloud.com/k, host not allowed: evilmyhuaweicloud.com:443",
        "*.myhuaweicloud.com, https://b.myhuaweicloud.com.evil.org/k, host not allowed: b.myhuaweicloud.com.evil.org:443",
        "*.myhuaweicloud.com, https://b.myhuaweicloud.com:22/k, host not allowed: b.myhuaweicloud.com:22",
        "*.myhuaweicloud.com, http://b.myhuaweicloud.com/k, plain http is only for hosts that are named exactly: b.myhuaweicloud.com:80",
        "files.example:443, https://files.example:8443/k, host not allowed: files.example:8443",
        "files.example, https://a@files.example/k, the address carries a user name",
        "files.example, ftp://files.example/k, not an http(s) address",
        "files.example, https://2130706433/k, host not allowed: 2130706433:443",
    })
    void aTargetThatDoesNotMatchIsRefusedWithoutItsPath(String pattern, String target, String reason) {
        assertThat(rules(pattern).refusal(URI.create(target))).contains(reason);
    }

    @Test
    void nothingIsAllowedWithoutAPattern() {
        assertThat(rules().refusal(URI.create("https://files.example/k"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "*.com", "*.0.0.1", "*.0.1:443", "https://a.example", "a.example/k", "a b", "a:99999"})
    void aPatternThatMeansNothingOrTooMuchIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HostPattern(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "239.255.255.255",
                "255.255.255.255",
                "240.0.0.1",
                "::",
                "::1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001::1",
                "2001:db8::1",
            })
    void anAddressThatIsNotPublicNeedsAnExactName(String address) throws UnknownHostException {
        var inet = InetAddress.getByName(address);

        assertThat(rules("*.store.example").admits("a.store.example", inet)).isFalse();
        assertThat(rules("a.store.example").admits("a.store.example", inet)).isTrue();
        assertThat(rules("a.store.example").admits("b.store.example", inet)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "193.0.0.1", "2400:3200::1", "2620:fe::fe"})
    void aPublicAddressIsAdmitted(String address) throws UnknownHostException {
        assertThat(rules("*.store.example").admits("a.store.example", InetAddress.getByName(address)))
                .isTrue();
    }

    @Test
    void onlyThePublicOnesOfSeveralAddressesAreUsed() throws UnknownHostException {
        var open = InetAddress.getByName("8.8.8.8");
        var dns = new GuardedDns(rules("*.store.example"), name -> List.of(InetAddress.getByName("10.0.0.1"), open));

        assertThat(dns.lookup("a.store.example")).containsExactly(open);
    }
}
