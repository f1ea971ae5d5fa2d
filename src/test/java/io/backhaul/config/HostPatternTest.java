package io.backhaul.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*.myhuaweicloud.com, bucket.obs.cn-north-4.myhuaweicloud.com, 443, true",
        "*.myhuaweicloud.com, OBS.MyHuaweiCloud.com., 443, true",
        "*.myhuaweicloud.com, myhuaweicloud.com, 443, false",
        "*.myhuaweicloud.com, evilmyhuaweicloud.com, 443, false",
        "*.myhuaweicloud.com, myhuaweicloud.com.evil.org, 443, false",
        "*.myhuaweicloud.com:443, a.myhuaweicloud.com, 80, false",
        "localhost, localhost, 8080, true",
        "LOCALHOST, localhost, 8080, true",
        "127.0.0.1:8080, 127.0.0.1, 8080, true",
        "127.0.0.1:8080, 127.0.0.1, 8081, false",
        "127.0.0.1, 127.0.0.11, 80, false",
        "[::1]:80, ::1, 80, true",
        "[::1]:80, [::1], 80, true",
        "[::1], ::1, 81, true"
    })
    void matchesHostAndPort(String pattern, String host, int port, boolean matches) {
        assertThat(new HostPattern(pattern).matches(host, port)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*.com", "a.*.com", "https://a.com", "a.com/x", "a.com:", "a.com:99999", "", "::1"})
    void refusesWhatIsNoHostOrTooWide(String pattern) {
        assertThatThrownBy(() -> new HostPattern(pattern)).hasMessageContaining("\"" + pattern + "\"");
    }

    @Test
    void tellsANamedHostFromAWildcard() {
        assertThat(new HostPattern("127.0.0.1:80").namesHostExactly()).isTrue();
        assertThat(new HostPattern("*.example.org").namesHostExactly()).isFalse();
    }
}
