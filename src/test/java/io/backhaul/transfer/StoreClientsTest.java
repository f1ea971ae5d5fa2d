package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.config.HostPattern;
import io.backhaul.config.Trust;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;

/** What is spoken with a store is what its link says, and nothing else is got ready for it. */
class StoreClientsTest {
    private static final TargetRules RULES = new TargetRules(List.of(new HostPattern("*.example.com")));
    private static final TargetRules OTHER_RULES = new TargetRules(List.of(new HostPattern("*.example.org")));

    private final StoreClients clients = clients(List.of());

    private static StoreClients clients(List<X509Certificate> authorities) {
        var patience = Duration.ofSeconds(1);
        var settings = new DownloadSettings(patience, patience, 1, null, "test", 8, Trust.with(authorities));
        return new StoreClients(settings, Dns.SYSTEM);
    }

    @Test
    void forPlainHttpNoAuthoritiesAreRead() {
        var asked = clients(new AbstractList<>() {
            @Override
            public X509Certificate get(int index) {
                throw new IllegalStateException("authorities are read");
            }

            @Override
            public int size() {
                return 1;
            }
        });

        assertThat(asked.of(RULES, false).connectionSpecs()).containsExactly(ConnectionSpec.CLEARTEXT);
        assertThatThrownBy(() -> asked.of(RULES, true)).hasMessage("authorities are read");
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
