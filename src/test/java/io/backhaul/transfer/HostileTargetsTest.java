package io.backhaul.transfer;

import static io.backhaul.transfer.ScriptedStore.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.backup.SignedUrl;
import io.backhaul.config.HostPattern;
import io.backhaul.transfer.FetchOutcome.TargetRefused;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links and redirects of a store that means ill: they must not lead the daemon into the network that it stands in. */
class HostileTargetsTest extends TransferTestBase {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** {@code PORT} stands for the store's own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://127.0.0.1:22/k                 | host not allowed: 127.0.0.1:22
            http://127.0.0.1/k                    | host not allowed: 127.0.0.1:80
            http://127.0.0.2:PORT/k               | host not allowed: 127.0.0.2:PORT
            http://127.1:PORT/k                   | not an http(s) address
            http://2130706433:PORT/k              | host not allowed: 2130706433:PORT
            http://localhost:PORT/k               | host not allowed: localhost:PORT
            http://LOCALHOST:PORT/k               | host not allowed: localhost:PORT
            http://0.0.0.0:PORT/k                 | host not allowed: 0.0.0.0:PORT
            http://10.0.0.1/k                     | host not allowed: 10.0.0.1:80
            http://172.16.0.1/k                   | host not allowed: 172.16.0.1:80
            http://192.168.0.1/k                  | host not allowed: 192.168.0.1:80
            http://169.254.169.254/k              | host not allowed: 169.254.169.254:80
            http://100.64.0.1/k                   | host not allowed: 100.64.0.1:80
            http://100.100.100.200/k              | host not allowed: 100.100.100.200:80
            http://[::1]:PORT/k                   | host not allowed: [::1]:PORT
            http://[::]:PORT/k                    | host not allowed: [::]:PORT
            http://[fe80::1]/k                    | host not allowed: [fe80::1]:80
            http://[fc00::1]/k                    | host not allowed: [fc00::1]:80
            http://[::ffff:127.0.0.1]:PORT/k      | host not allowed: [::ffff:127.0.0.1]:PORT
            http://[::ffff:10.0.0.1]/k            | host not allowed: [::ffff:10.0.0.1]:80
            //169.254.169.254/k                   | host not allowed: 169.254.169.254:80
            https://127.0.0.1/k                   | host not allowed: 127.0.0.1:443
            ftp://127.0.0.1:PORT/k                | not an http(s) address
            file:///etc/passwd                    | not an http(s) address
            file:/etc/passwd                      | not an http(s) address
            data:text/plain,k                     | not an http(s) address
            jar:http://127.0.0.1:PORT/a!/b        | not an http(s) address
            http:///k                             | not an http(s) address
            http://user:word@127.0.0.1:PORT/k     | the address carries a user name
            http://user@127.0.0.1:PORT/k          | the address carries a user name
            http://@127.0.0.1:PORT/k              | the address carries a user name
            http://127.0.0.1:PORT@10.0.0.1/k      | the address carries a user name
            http:\\\\10.0.0.1/k                   | not an address
            http://10.0.0.1\\@127.0.0.1:PORT/k    | not an address
            http://127.0.0.1:PORT%2f@10.0.0.1/k   | the address carries a user name
            """)
    void aRedirectElsewhereIsNotFollowed(String location, String reason) {
        store.then(answer("302 Found", "", "Location: " + here(location)));

        var outcome = fetch().outcome();

        assertThat(outcome).isEqualTo(new TargetRefused("redirect: " + here(reason)));
        assertThat(store.seen()).hasSize(1);
    }

    private String here(String text) {
        return text.replace("PORT", String.valueOf(store.port()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://user:word@127.0.0.1:PORT/k     | the address carries a user name
            http://127.0.0.1:PORT@10.0.0.1/k      | the address carries a user name
            http://10.0.0.1:PORT/k                | host not allowed: 10.0.0.1:PORT
            http://127.0.0.1/k                    | host not allowed: 127.0.0.1:80
            https://127.0.0.1/k                   | host not allowed: 127.0.0.1:443
            """)
    void aLinkElsewhereIsNotSent(String link, String reason) {
        var outcome = fetch(here(link), local(), Dns.SYSTEM);

        assertThat(outcome).isEqualTo(new TargetRefused("link: " + here(reason)));
        assertThat(store.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bucket/dump.bin" + QUERY, "http://127.0.0.1:PORT/bucket/dump.bin" + QUERY})
    void aRedirectToItselfEnds(String location) {
        for (var i = 0; i < 5; i++) {
            store.then(answer("302 Found", "", "Location: " + here(location)));
        }

        assertThat(fetch().outcome()).isEqualTo(new TargetRefused("more than 3 redirects"));
        assertThat(store.seen()).hasSize(4);
    }

    @Test
    void aRedirectToAnotherPortNeedsAPatternThatLetsItIn() throws Exception {
        try (var other = new ScriptedStore()) {
            store.then(answer("302 Found", "", "Location: " + other.url("/k")));
            store.then(answer("302 Found", "", "Location: " + other.url("/k")));
            other.then(answer("200 OK", bytes(10)));
            var link = store.url("/k");

            assertThat(fetch(link, local(), Dns.SYSTEM))
                    .isEqualTo(new TargetRefused("redirect: host not allowed: 127.0.0.1:" + other.port()));
            assertThat(fetch(link, rules("127.0.0.1"), Dns.SYSTEM)).isInstanceOf(FetchOutcome.Complete.class);
        }
    }

    /** Names under a wildcard: what they resolve to decides. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.0.0.1",
                "172.31.255.255",
                "192.168.255.255",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fdff::1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "10.0.0.1 192.168.0.1 fd00::1",
            })
    void aNameThatResolvesIntoANetworkIsNotConnected(String addresses) {
        var dns = answering(addresses);
        var refused = new TargetRefused("a.store.example resolves only to addresses that are not public");
        store.then(answer("302 Found", "", "Location: https://a.store.example/k"));

        assertThat(fetch("https://a.store.example/k", rules("*.store.example"), dns))
                .isEqualTo(refused);
        assertThat(fetch(store.url("/k"), rules("127.0.0.1", "*.store.example"), dns))
                .isEqualTo(refused);
    }

    @Test
    void anIpv4AddressInIpv6ClothesIsNoPublicOne() throws UnknownHostException {
        var mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 10;
        mapped[15] = 1;
        // the JDK unwraps such an address everywhere but here
        var address = Inet6Address.getByAddress(null, mapped, 0);

        assertThat(rules("*.store.example").admits("a.store.example", address)).isFalse();
    }

    @Test
    void ofSeveralAddressesOnlyThePublicOnesAreConnected() throws UnknownHostException {
        var guarded = new GuardedDns(rules("*.store.example"), answering("10.0.0.1 8.8.8.8 ::1 2400:3200::1"));

        assertThat(guarded.lookup("a.store.example"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("8.8.8.8", "2400:3200:0:0:0:0:0:1");
    }

    @Test
    void aNameThatChangesItsMeaningIsJudgedAnew() throws UnknownHostException {
        var answers = new ArrayDeque<>(List.of(answering("8.8.8.8"), answering("127.0.0.1")));
        var guarded = new GuardedDns(
                rules("*.store.example"), name -> answers.remove().lookup(name));

        assertThat(guarded.lookup("a.store.example")).hasSize(1);
        assertThatThrownBy(() -> guarded.lookup("a.store.example")).isInstanceOf(GuardedDns.Refused.class);
    }

    /** Between a look-up that is judged and another that is used, a name could change its meaning. */
    @Test
    void whatIsJudgedIsWhatIsConnected() {
        var lookups = new AtomicInteger();
        var dns = answering("127.0.0.1");

        fetch("https://a.store.example/k", rules("*.store.example"), name -> {
            lookups.incrementAndGet();
            return dns.lookup(name);
        });

        assertThat(lookups).hasValue(1);
    }

    private FetchOutcome fetch(String link, TargetRules rules, Dns dns) {
        try (var other = new Downloader(settings(PATIENCE, null), clock, dns, Thresholds.USUAL)) {
            return other.fetch(new FetchRequest(
                            SignedUrl.of(link), Instant.MAX, staged(), rules, null, moved::add, room()))
                    .outcome();
        }
    }

    private static TargetRules rules(String... patterns) {
        return new TargetRules(Stream.of(patterns).map(HostPattern::new).toList());
    }

    private static Dns answering(String addresses) {
        return name -> Arrays.stream(addresses.split(" ", -1))
                .map(HostileTargetsTest::literal)
                .toList();
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
