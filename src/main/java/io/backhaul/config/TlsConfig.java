package io.backhaul.config;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How providers and stores are told from others.
 *
 * @param authorities believed beside those of the system; often none
 */
public record TlsConfig(List<X509Certificate> authorities) {
    public TlsConfig {
        authorities = List.copyOf(authorities);
    }
}
