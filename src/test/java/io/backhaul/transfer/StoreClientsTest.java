package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.config.HostPattern;
import java.time.Duration;
import java.util.List;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;

/** What is spoken with a store is what its link says, and nothing else is got ready for it. */
class StoreClientsTest {
    private static final TargetRules RULES = new TargetRules(List.of(new HostPattern("*.example.com")));
    private static final TargetRules OTHER_RULES = new TargetRules(List.of(new HostPattern("*.example.org")));

    private final StoreClients clients = new StoreClients(
            new DownloadSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, null, "test"), Dns.SYSTEM);

    @Test
    void forPlainHttpNoAuthoritiesAreRead() {
        var client = clients.of(RULES, false);

        assertThat(client.connectionSpecs()).containsExactly(ConnectionSpec.CLEARTEXT);
        assertThat(client.x509TrustManager()).isNull();
        assertThatThrownBy(client::sslSocketFactory).hasMessageContaining("CLEARTEXT-only client");
    }

    @Test
    void forHttpsNothingButTlsIsSpoken() {
        assertThat(clients.of(RULES, true).connectionSpecs()).containsExactly(ConnectionSpec.MODERN_TLS);
    }

    @Test
    void connectionsArePooledForAllAndRulesAndClientsAreEachSourcesOwn() {
        var one = clients.of(RULES, true);
        var other = clients.of(OTHER_RULES, true);

        assertThat(clients.of(RULES, true)).isSameAs(one);
        assertThat(other.dns()).isNotEqualTo(one.dns());
        assertThat(other.connectionPool()).isSameAs(one.connectionPool());
    }
}
